"""Start a command and write down what it took: ``launch.py RESULT COMMAND…``, in a process that has next to nothing.

On Linux the peak of a child starts with that of the process that it was split from: from the benchmark itself, with
the models of a whole schema in memory, no small command could be told from a large one.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

start = time.perf_counter()
child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
seconds = time.perf_counter() - start
child.returncode = os.waitstatus_to_exitcode(status)
took = [child.returncode, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss]
Path(sys.argv[1]).write_text(json.dumps(took), encoding="utf-8")

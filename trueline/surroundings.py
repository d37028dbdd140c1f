"""Where this process runs: in a container, in Kubernetes, or on a machine of its own.

Everything that is looked at is an argument, so that tests need no container. Detection only decides what a
message says and whether a throw-away server may start; it never decides which database is used.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

ROOT = Path("/")

#: The second is where the first leads in images that link /var/run to /run.
_SERVICE_ACCOUNTS = ("var/run/secrets/kubernetes.io", "run/secrets/kubernetes.io")
#: Docker leaves the first, Podman and other users of containers/common the second.
_MARKER_FILES = (".dockerenv", "run/.containerenv")
#: Words in the control group of process 1 that only container runtimes write (cgroup v1; v2 shows ``/``).
_CGROUP_WORDS = ("docker", "containerd", "kubepods", "libpod", "lxc", "garden", "buildkit", "ecs")


def in_kubernetes(environ: Mapping[str, str] | None = None, root: Path = ROOT) -> bool:
    """Whether this process runs in a Kubernetes pod.

    The variable is set in every pod; the folder is there unless the pod has asked not to get a service account.
    https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
    """
    env = os.environ if environ is None else environ
    return bool(env.get("KUBERNETES_SERVICE_HOST")) or any(_exists(root / name) for name in _SERVICE_ACCOUNTS)


def in_container(environ: Mapping[str, str] | None = None, root: Path = ROOT) -> bool:
    """Whether this process runs in a container of any kind, Kubernetes included."""
    env = os.environ if environ is None else environ
    return (
        in_kubernetes(env, root)
        or bool(env.get("container"))  # systemd-nspawn, Podman and LXC set it for process 1 and its children
        or any(_exists(root / name) for name in _MARKER_FILES)
        or _cgroup_names_a_runtime(root)
    )


def _cgroup_names_a_runtime(root: Path) -> bool:
    try:
        text = (root / "proc/1/cgroup").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return any(word in text for word in _CGROUP_WORDS)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a folder on the way that this user may not enter
        return False

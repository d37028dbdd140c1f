"""``python -m trueline`` is the ``trueline`` command."""

from trueline.cli import main

main()

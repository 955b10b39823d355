"""One process at a time: a lock file that the system takes back when its holder dies.

Standard library only, because the bundles are built where nothing else is installed.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAUSE_SECONDS = 0.2


@contextmanager
def only_one(lock_file: Path) -> Iterator[None]:
    """Hold the lock for as long as the block runs; wait for whoever holds it now."""
    # Whoever can open the file can hold the lock, and keep us waiting for ever.
    with os.fdopen(os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as handle:
        while not _take(handle.fileno()):
            time.sleep(PAUSE_SECONDS)
        try:
            yield
        finally:
            _give_back(handle.fileno())


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give_back(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

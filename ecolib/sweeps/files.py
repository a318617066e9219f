"""Files that are whole or absent, and a folder that one sweep uses at a time."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import IO

__all__ = ["LOCK", "PART", "explained", "only_user", "write_whole"]

LOCK = ".lock"
"""The file that says that a folder is in use."""

PART = ".part"
"""Ending of a file that is being written."""

_IN_USE: set[Path] = set()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it has the new content or is as it was, whenever the machine stops.

    Raises:
        OSError: when it cannot be written; nothing is left behind.
    """
    handle, part = mkstemp(suffix=PART, prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(part).unlink()
        raise
    if os.name == "posix":  # the name of the file, too
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Name the store in errors of the system."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, f"the store {folder} cannot be used: {error.strerror}") from error


@contextmanager
def only_user(folder: Path) -> Iterator[None]:
    """Keep others from using the folder; the system ends that when this process dies, however it dies.

    Raises:
        BlockingIOError: when it is in use.
    """
    place = folder.resolve()
    if place in _IN_USE:
        raise BlockingIOError(f"the store {folder} is in use by another sweep of this process")
    with explained(folder):
        file = (folder / LOCK).open("a")
    with file:
        _lock(file, folder)
        _IN_USE.add(place)
        try:
            yield
        finally:
            _IN_USE.remove(place)


def _lock(file: IO[str], folder: Path) -> None:
    """Take the lock of a file, where the system and the file system know locks."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN):
            raise BlockingIOError(f"the store {folder} is in use by another sweep") from None

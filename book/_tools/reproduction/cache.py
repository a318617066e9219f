"""Keep executed pages, for the build of the book and for a run that goes on after an interruption.

A page is kept twice: its outputs in the cache of jupyter-cache, which the build reads, and what the report needs in a
file beside it. A page counts as kept when both are there and belong to the same cells; the file is written last, and
whole or not at all.
"""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.main import JupyterCacheBase
from nbformat import NotebookNode
from nbformat.reader import NotJSONError
from sqlalchemy.exc import SQLAlchemyError

from execution_cache import present_key, prune
from reproduction.pages import Executed, read

ROOT = ".jupyter_cache"
MARK = "from-nothing"
"""A file in the cache while a reproduction from nothing is under way: all that is there belongs to it."""

DAMAGED = (NotJSONError, ValueError, KeyError, TypeError)
NO_DATABASE = (SQLAlchemyError, RuntimeError)


CHANGED = "the package, its data or the environment changed while pages were executed; run again"


class CacheError(Exception):
    """The cache cannot be used, or a page could not be kept; the message says why."""


class DamagedCacheError(Exception):
    """The database of the cache cannot be read."""


@contextmanager
def only_run(build: Path) -> Iterator[None]:
    """Keep a second run out of the folder of a build until this one ends, however it ends.

    Raises:
        CacheError: when another run is there.
    """
    build.mkdir(parents=True, exist_ok=True)
    with (build / ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CacheError(f"another run uses {build}; wait until it has ended") from None
        yield


class Cache:
    """The executed pages of the present key, in ``_build`` or another folder of a build."""

    def __init__(self, build: Path) -> None:
        self.root = build / ROOT
        self.folder = self.root / present_key()
        self.notebooks = JupyterCacheBase(self.folder)

    def begin(self) -> bool:
        """Begin a reproduction from nothing; say whether one of the same key was interrupted and now goes on."""
        going_on = (self.folder / MARK).is_file()
        if not going_on:
            if self.root.exists():
                shutil.rmtree(self.root)
            self.folder.mkdir(parents=True)
            (self.folder / MARK).touch()
        return going_on

    def end(self) -> None:
        """End a run that executed every page: what other keys left is deleted."""
        (self.folder / MARK).unlink(missing_ok=True)
        prune(self.root, keep=self.folder.name)

    def find(self, path: Path) -> Executed | None:
        """Return what executing a page gave, or None when it must be executed; what is damaged must.

        Raises:
            CacheError: when another process uses the database.
            DamagedCacheError: when the database cannot be read.
        """
        notebook, record = read(path), self._record(path.stem)
        if not record.exists():
            return None
        try:
            kept = json.loads(record.read_text(encoding="utf-8"))
            if kept["cells"] != self._cells(notebook):
                return None
            _, merged = self.notebooks.merge_match_into_notebook(notebook)
            return Executed(path.stem, merged, kept["results"], kept["seconds"], kept["peak"])
        except DAMAGED as fault:
            print(f"{path.name}: what was kept of it is damaged ({type(fault).__name__}), it is executed again.")
        except NO_DATABASE as fault:
            if "locked" in str(fault.__cause__ or fault):
                raise CacheError(f"another process uses {self.folder}") from fault
            raise DamagedCacheError(type(fault).__name__) from fault
        return None

    def clear(self) -> None:
        """Delete what is kept; a reproduction from nothing stays one."""
        marked = (self.folder / MARK).is_file()
        shutil.rmtree(self.folder)
        self.notebooks = JupyterCacheBase(self.folder)
        if marked:
            self.folder.mkdir(parents=True)
            (self.folder / MARK).touch()

    def check(self) -> None:
        """Raise unless everything is as it was when the run began.

        Raises:
            CacheError: when it is not.
        """
        if present_key() != self.folder.name:
            raise CacheError(CHANGED)

    def keep(self, path: Path, executed: Executed) -> None:
        """Keep what executing a page gave.

        Raises:
            CacheError: when the database cannot be written, or the sources changed meanwhile.
            OSError: when a file cannot be written, on a full disk say.
        """
        self.check()
        bundle = CacheBundleIn(executed.notebook, str(path), data={"execution_seconds": executed.seconds})
        try:
            self.notebooks.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
        except NO_DATABASE as fault:
            raise CacheError(f"{path.stem} could not be kept in {self.folder}: {fault.__cause__ or fault}") from fault
        kept = {
            "cells": self._cells(executed.notebook),
            "results": executed.results,
            "seconds": executed.seconds,
            "peak": executed.peak,
        }
        write(self._record(path.stem), json.dumps(kept, ensure_ascii=False, indent=1))

    def _record(self, page: str) -> Path:
        return self.folder / "pages" / f"{page}.json"

    def _cells(self, notebook: NotebookNode) -> str:
        """A hash of the cells and their options, the one that jupyter-cache goes by."""
        _, key = self.notebooks.create_hashed_notebook(notebook)
        return str(key)


def write(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise

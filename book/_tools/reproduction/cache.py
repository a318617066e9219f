"""Keep executed pages, for the build of the book and for a run that goes on after an interruption.

A page is kept twice: its outputs in the cache of jupyter-cache, which the build reads, and what the report needs in a
file beside it. A page counts as kept when both are there and belong to the same cells; the file is written last, and
whole or not at all.
"""

import json
import shutil
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


class CacheError(Exception):
    """A page that was executed could not be kept; the message says which, and why."""


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
        """Return what executing a page gave, or None when it must be executed.

        What cannot be read is executed again; of a cache whose database cannot be read, everything is.
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
            print(f"The cache is damaged ({type(fault).__name__}) and was deleted; every page is executed again.")
            shutil.rmtree(self.folder)
            self.notebooks = JupyterCacheBase(self.folder)
        return None

    def keep(self, path: Path, executed: Executed) -> None:
        """Keep what executing a page gave.

        Raises:
            CacheError: when the database cannot be written.
            OSError: when a file cannot be written, on a full disk say.
        """
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

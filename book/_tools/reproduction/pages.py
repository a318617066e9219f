"""Execute one page of the book in a kernel of its own, and read off what it gives."""

import ast
import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import nbformat
import yaml
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from myst_parser.config.main import MdParserConfig
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from plain.blocks import EXTENSIONS

WATCH = """import sys as _sys
_sys.path.append({tools!r})
import drawn as _drawn
_sys.path.remove({tools!r})
_told = _drawn.watch()
"""
RECORD = "application/papermill.record/text/plain"
TIMEOUT = 300
"""Seconds for one cell, as in _config.yml."""

RELATIVE = 1e-6
"""The tolerance of a figure's fingerprint, as a part of the length of the axis."""

FAULTS = (CellExecutionError, CellTimeoutError, DeadKernelError)
Results = dict[str, dict[str, Any]]


class PageError(Exception):
    """A page could not be executed; the message says which cell, and what it said."""


@dataclass(frozen=True)
class Executed:
    """What executing a page gave.

    Attributes:
        page: the name of its file without ``.md``
        notebook: its cells with their outputs
        results: name -> ``{"value": ..., "unit": ..., "tolerance": ...}``
        seconds: how long it took, without starting the kernel
        peak: memory of its largest process, in MiB
    """

    page: str
    notebook: NotebookNode
    results: Results
    seconds: float
    peak: float


def pages(book: Path) -> list[Path]:
    """Return the pages with cells to execute, in the order of the table of contents."""
    contents = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    paths = [book / f"{name}.md" for name in _files(contents)]
    return [path for path in paths if is_myst_markdown_notebook(path.read_text(encoding="utf-8"))]


def _files(entry: dict[str, Any]) -> Iterator[str]:
    yield from (entry[key] for key in ("root", "file") if key in entry)
    for key in ("parts", "chapters", "sections"):
        for one in entry.get(key, ()):
            yield from _files(one)


def read(path: Path) -> NotebookNode:
    """Return the cells of a page, or of a notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        notebook = nbformat.reads(text, as_version=4)
    else:
        notebook = read_myst_markdown_notebook(text, MdParserConfig(enable_extensions=EXTENSIONS))
    return cast(NotebookNode, notebook)


def execute(path: Path) -> Executed:
    """Execute a page in a new kernel, in the folder of the page.

    Raises:
        PageError: when a cell fails, takes too long, ends its kernel, or draws a figure that was not seen.
    """
    notebook, watcher = read(path), Watcher()
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=TIMEOUT,
        record_timing=False,
        coalesce_streams=True,  # where the kernel cuts what is printed depends on its haste
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--IPKernelApp.log_level=50"],  # what a cell says is in the notebook
    )
    watcher.follow(client)
    try:
        asyncio.run(client.async_execute())
    except FAULTS as fault:
        raise PageError(f"{path.name}: {fault}") from fault
    results: Results = {}
    for name, one in _results(path, notebook, watcher.drawings):
        if name in results:
            raise PageError(f"{path.name}: {name} is recorded twice")
        results[name] = one
    return Executed(path.stem, notebook, results, watcher.times[-1] - watcher.times[0], watcher.peak)


class Watcher:
    """Asks the kernel after each cell what it has drawn and how much memory it took.

    Attributes:
        drawings: place of the cell -> what it drew
        peak: greatest memory so far, in MiB
        times: when the kernel was ready, and when each cell was done, in seconds
    """

    def __init__(self) -> None:
        self.drawings: dict[int, list[dict[str, Any]]] = {}
        self.peak = 0.0
        self.times: list[float] = []

    def follow(self, client: NotebookClient) -> None:
        """Be called when the kernel has started, and after each cell."""

        async def ask(code: str) -> Any:
            assert client.kc is not None
            request = client.kc.execute(code, silent=True, user_expressions={"told": "_told()"})
            reply = await client.async_wait_for_reply(request)
            self.times.append(time.monotonic())
            assert reply is not None
            return json.loads(ast.literal_eval(reply["content"]["user_expressions"]["told"]["data"]["text/plain"]))

        async def start(**_: Any) -> None:
            await ask(WATCH.format(tools=str(Path(__file__).parents[1])))

        async def look(cell_index: int, **_: Any) -> None:
            told = await ask("")
            self.drawings[cell_index], self.peak = told["drawings"], told["peak"]

        client.on_notebook_start, client.on_cell_executed = start, look


def _results(path: Path, notebook: NotebookNode, drawings: dict[int, list[Any]]) -> Iterator[tuple[str, Any]]:
    """Name and content of each result, in the order of the page."""
    for index, cell in enumerate(notebook.cells):
        outputs = cell.get("outputs", [])
        for output in outputs:
            about = output.get("metadata", {}).get("scrapbook")
            if about and "unit" not in about:
                raise PageError(f"{path.name}: {about['name']} has no unit; record it with ecolib.results.record")
            if about:
                value = ast.literal_eval(output.data[RECORD])
                yield about["name"], {"value": value, "unit": about["unit"], "tolerance": about["tolerance"]}
        shown = sum("image/png" in output.get("data", {}) for output in outputs)
        seen = drawings.get(index, [])
        if shown != len(seen):
            raise PageError(f"{path.name}: cell {index} shows {shown} figures, {len(seen)} of them were seen")
        name = cell.metadata.get("mystnb", {}).get("figure", {}).get("name", f"cell-{index}")
        for number, one in enumerate(seen):
            prefix = name if len(seen) == 1 else f"{name}-{number + 1}"
            yield from ((f"{prefix}:{part}", _drawn(found)) for part, found in one.items())


def _drawn(found: dict[str, Any]) -> dict[str, Any]:
    """The fingerprint of what an axis shows, with its tolerance."""
    tolerance = float(f"{RELATIVE * found['span']:.0e}") if "span" in found else 0
    return {"value": found["value"], "unit": found["unit"], "tolerance": tolerance}

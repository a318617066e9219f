"""The report of the last reproduction in MyST Markdown, read from the file that ``reproduce.py`` writes.

Run times, memory and the moment of writing differ from build to build; they stand on this page and in the file that it
offers, and nowhere else in the book.
"""

import json
import shutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

PAGE, PLACE, NAME = "reproducibility", "% report of the reproduction", "reproduction.json"
GOOD, BAD = "reproduced", {"differs": "differs", "missing": "not computed", "new": "not on record"}
NONE = "There is no report of these sources: `make book` and `make reproduce` write one."
HEAD = (
    "result | reproduced | recorded | recomputed | difference | tolerance",
    "--- | --- | --- | --- | ---: | ---:",
)
MOST = 6  # checksums shown; the file of the report has all
NO_UNIT = ("1", "count", "text")
COSTS = (
    "Pages are executed side by side and share the machine. The memory is that of the largest process that a page "
    "needed."
)

Report = dict[str, Any]


def report_of(app: Sphinx) -> Path:
    """Return where the report of this build lies."""
    return Path(app.outdir).parent / NAME


def text_of(report: Report) -> str:
    """Return the verdict, where the report was made, time and memory by page, and every result."""
    return "\n\n".join([verdict(report), *surroundings(report), *results(report)])


def verdict(report: Report) -> str:
    """Return a box: how many results there are, and how many were reproduced."""
    counts = report["counts"]
    bad = ", ".join(f"{counts[name]} {words}" for name, words in BAD.items() if counts[name])
    title = f"{counts[GOOD]} of {sum(counts.values())} results are reproduced"
    says = f"{bad}." if bad else "Each lies within its tolerance."
    return f":::{{admonition}} {title}\n:class: {'danger' if bad else 'tip'}\n{says}\n:::"


def surroundings(report: Report) -> Iterator[str]:
    """Yield where and with what the report was made, and what each page took."""
    about = {
        "Version": f"ecolib {report['version']}",
        "Commit": f"`{report['commit'][:12]}{report['commit'][40:]}`",
        "Lock": f"sha256 `{report['lock'][:16]}`",
        "Interpreter": report["interpreter"],
        "Platform": report["platform"],
        "Written": report["times"]["written"],
    }
    yield "## Where and with what\n\n" + "\n".join(f"- {name}: {value}" for name, value in about.items())
    yield "## What each page took\n\n" + COSTS
    costs = report["times"]["pages"].items()
    rows = [(f"{{doc}}`{page}`", f"{one['seconds']:.1f}", one["peak"]) for page, one in costs]
    yield table(("page | seconds | memory, MiB", "--- | ---: | ---:"), rows)


def results(report: Report) -> Iterator[str]:
    """Yield every result, page by page: numbers in a table, figures in a folded one that opens on a fault."""
    yield "## Results"
    for page, group in groupby(report["results"], key=lambda one: one["page"]):
        found = list(group)
        drawn = [one for one in found if ":" in one["name"]]
        numbers = [one for one in found if one not in drawn]
        yield f"### {report['titles'].get(page, f'{page}, which is no page now')}"
        if numbers:
            yield table(HEAD, map(row, numbers))
        if drawn:
            opened = "" if all(one["verdict"] == GOOD for one in drawn) else "\n:open:"
            title = f"{len(drawn)} fingerprints of figures"
            yield f"::::{{dropdown}} {title}{opened}\n\n{table(HEAD, map(row, drawn))}\n\n::::"


def row(one: dict[str, Any]) -> tuple[str, ...]:
    """Return the cells of one result: a number with its unit, a fingerprint under the label of its axis."""
    unit = "" if one["unit"] in NO_UNIT else f" {one['unit']}"
    drawn = isinstance(one["recorded"] or one["recomputed"], list)
    name = f"`{one['name']}`{unit if drawn else ''}"
    verdict = "yes" if one["verdict"] == GOOD else f"**{BAD[one['verdict']]}**"
    recorded = shown(one["recorded"]) + ("" if drawn else unit)
    recomputed = "the same" if one["difference"] == 0 else shown(one["recomputed"])
    difference = "" if one["difference"] is None else f"{one['difference']:.1g}"
    return (name, verdict, recorded, recomputed, difference, f"{one['tolerance']:.0g}")


def shown(value: Any) -> str:
    """Return a value as a reader wants it: six digits, a fingerprint in words.

    >>> shown(2 / 3), shown("0.1.0"), shown(None), shown(0)
    ('0.666667', '0.1.0', '', '0')
    >>> shown([3, 0.0, 1.0, 0.25, 0.5]), shown([0])
    ('3 numbers from 0 to 1, checksums 0.25, 0.5', 'no numbers')
    """
    if isinstance(value, list):
        count, *rest = value
        least, greatest, *sums = (f"{one:.6g}" for one in rest) if rest else ("", "")
        checks = ", ".join([*sums[:MOST], "..."] if len(sums) > MOST else sums)
        return f"{count} numbers from {least} to {greatest}, checksums {checks}" if rest else "no numbers"
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def table(head: tuple[str, str], rows: Any) -> str:
    """Return a Markdown table; a bar in a cell is escaped."""
    lines = [" | ".join(str(cell).replace("|", "\\|") for cell in cells) for cells in rows]
    return "\n".join(f"| {line} |" for line in (*head, *lines))


def fill(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the report into its page, and have the page read again when the report changes."""
    if page == PAGE:
        path = report_of(app)
        app.env.note_dependency(str(path))
        report = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        mine = report.get("key") == app.config.execution_key
        source[0] = source[0].replace(PLACE, text_of(report) if mine else NONE)


def offer(app: Sphinx, error: Exception | None) -> None:
    """Put the report beside the page, which links to it."""
    if error is None and report_of(app).is_file():
        shutil.copy(report_of(app), app.outdir)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("source-read", fill)
    app.connect("build-finished", offer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

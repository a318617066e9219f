"""The record of measurements: ``measured.json`` with every repeat, and the table of the book made of it.

A row has the benchmark, the task, the tool and its version, the values of all repeats with their unit, how many times
as good the tool is as the row it is compared with (``base``), errors where there are any, a note, and the
numbers that were set, by name, where several settings are compared.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from common.harness import ROOT, spread

MEASURED = ROOT / "benchmarks" / "measured.json"
BOOK = ROOT / "book" / "data" / "benchmarks.json"
SHOWN = ("benchmark", "task", "tool", "version", "value", "spread", "unit", "ratio", "base", "repeats")
SHOWN += ("error_median", "error_worst", "note", "setting")


@dataclass
class Row:
    """One tool at one task; no values when it could not be measured, and the note says why."""

    benchmark: str
    task: str
    tool: str
    unit: str
    values: list[float] = field(default_factory=list)
    version: str = ""
    base: str = ""
    more_is_better: bool = False
    error_median: float | None = None
    error_worst: float | None = None
    note: str = ""
    setting: dict[str, float] = field(default_factory=dict)


def measured(path: Path = MEASURED) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"machine": {}, "rows": []}


def write(rows: Iterable[Row], *, keep: bool = True, path: Path = MEASURED, book: Path = BOOK) -> None:
    """Print rows and, unless that is not wanted, put them in place of those of their benchmarks, for the book too."""
    new = [asdict(row) for row in rows]
    if not keep:
        print(markdown(flat({"machine": {}, "rows": [row | {"date": ""} for row in new]})["rows"]))
        return
    benchmarks = {row["benchmark"] for row in new}
    kept = [row for row in measured(path)["rows"] if row["benchmark"] not in benchmarks]
    date = datetime.now(UTC).date().isoformat()
    rows_ = sorted(kept + [row | {"date": date} for row in new], key=lambda row: row["benchmark"])
    whole = {"machine": machine(), "rows": rows_}
    _write(path, whole)
    shown = flat(whole)
    _write(book, shown)
    print(markdown([row for row in shown["rows"] if row["benchmark"] in benchmarks]))


def flat(whole: dict[str, Any]) -> dict[str, Any]:
    """What the book shows: a median, its spread and a ratio in place of the repeats."""
    medians = {
        (row["benchmark"], row["task"], row["tool"]): statistics.median(row["values"])
        for row in whole["rows"]
        if row["values"]
    }

    def one(row: dict[str, Any]) -> dict[str, Any]:
        value = medians.get((row["benchmark"], row["task"], row["tool"]))
        base = medians.get((row["benchmark"], row["task"], row["base"]))
        ratio = None if value is None or base is None else value / base if row["more_is_better"] else base / value
        found = row | {"value": value, "ratio": ratio, "spread": spread(row["values"]) if row["values"] else None}
        found["repeats"] = len(row["values"])
        return {name: rounded(found.get(name, {})) for name in SHOWN} | {"date": row["date"]}

    return {"machine": whole["machine"], "rows": [one(row) for row in whole["rows"]]}


def rounded(value: Any) -> Any:
    """Four digits of a number."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def markdown(rows: list[dict[str, Any]]) -> str:
    """A table."""
    head = ("task", "tool", "version", "median", "spread", "unit", "ratio", "error, median", "error, worst", "note")
    keys = ("task", "tool", "version", "value", "spread", "unit", "ratio", "error_median", "error_worst", "note")
    lines = [head, ("---",) * len(head)]
    lines += [tuple("" if row[key] is None else str(row[key]) for key in keys) for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine() -> dict[str, Any]:
    """What measured, without its name."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": model or platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

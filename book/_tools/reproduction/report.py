"""The report of a reproduction: where and with what it was made, every result, every verdict."""

import hashlib
import json
import os
import platform
import re
import subprocess
from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reproduction.pages import Executed
from reproduction.recorded import Comparison

NO_REPOSITORY = "not in a repository"
VERDICTS = ("reproduced", "differs", "missing", "new")


def report(root: Path, key: str, executed: list[Executed], comparisons: list[Comparison]) -> dict[str, Any]:
    """Return the report; all that may differ between two runs stands under ``times``.

    Args:
        root: the folder of the repository
        key: what the cache is named by
        executed: the pages
        comparisons: the results
    """
    counts = Counter(one.verdict for one in comparisons)
    return {
        "version": version("ecolib"),
        "commit": commit(root),
        "key": key,
        "lock": hashlib.sha256((root / "requirements-lock.txt").read_bytes()).hexdigest(),
        "platform": f"{platform.system()} {platform.release()}, {platform.machine()}, {os.cpu_count()} processors",
        "interpreter": f"{platform.python_implementation()} {platform.python_version()}",
        "titles": {one.page: title(one) for one in executed},
        "counts": {verdict: counts[verdict] for verdict in VERDICTS},
        "results": [one.as_dict() for one in comparisons],
        "times": {
            "written": datetime.now(UTC).isoformat(timespec="seconds"),
            "pages": {one.page: {"seconds": round(one.seconds, 1), "peak": round(one.peak)} for one in executed},
        },
    }


def commit(root: Path) -> str:
    """Return the commit of the sources, and whether they differ from it; outside a repository of their own say so."""
    try:
        if _git(root, "rev-parse", "--show-cdup"):  # the way up to the top of a repository around this one
            return NO_REPOSITORY
        changes = " with changes" if _git(root, "status", "--porcelain") else ""
        return _git(root, "rev-parse", "HEAD") + changes
    except (OSError, subprocess.CalledProcessError):
        return NO_REPOSITORY


def _git(root: Path, *words: str) -> str:
    run = ["git", "-C", str(root), *words]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()


def title(executed: Executed) -> str:
    """Return the first heading of a page."""
    text = "\n".join(cell.source for cell in executed.notebook.cells if cell.cell_type == "markdown")
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1] if found else executed.page


def passed(found: dict[str, Any]) -> bool:
    """Say whether every result was reproduced, and there was one."""
    counts = found["counts"]
    return bool(counts["reproduced"]) and sum(counts.values()) == counts["reproduced"]


def summary(found: dict[str, Any]) -> str:
    """Return what a person wants to know: the counts, and each result that was not reproduced."""
    lines = [
        f"{one['verdict']}: {one['page']}, {one['name']}: recorded {one['recorded']}, now {one['recomputed']}"
        for one in found["results"]
        if one["verdict"] != "reproduced"
    ]
    counts = ", ".join(f"{number} {verdict}" for verdict, number in found["counts"].items() if number)
    return "\n".join([*lines, f"Results: {counts or 'none'}."])


def to_json(found: dict[str, Any]) -> str:
    """Return the report as the text of a file."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"

"""The results on record, and whether executing the book again gave them."""

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reproduction.pages import Results

PARTS = ("value", "unit", "tolerance")
REMEDY = "take it from the repository (git restore book/results.json), or record all results anew (make notebooks)"


class RecordError(Exception):
    """The file of results cannot be read; the message says why, and what to do."""


@dataclass(frozen=True)
class Comparison:
    """One result, as recorded and as computed again.

    Attributes:
        page: the page that computes it
        name: its name on that page; of a figure, followed by the axis
        unit: what it is measured in
        recorded: a number, a text, or a fingerprint; None when there is none on record
        recomputed: the same; None when it was not computed
        difference: the greatest between numbers; None where that says nothing
        tolerance: what the difference may be
        verdict: ``reproduced``, ``differs``, ``missing`` (not computed again) or ``new`` (not on record)
    """

    page: str
    name: str
    unit: str
    recorded: Any
    recomputed: Any
    difference: float | None
    tolerance: float
    verdict: str

    def as_dict(self) -> dict[str, Any]:
        """Return the parts by name, as the report holds them."""
        return asdict(self)


def compare(recorded: dict[str, Results], recomputed: dict[str, Results]) -> list[Comparison]:
    """Compare every result that is on record or was computed, by page, in the order of the page."""
    pages = [*recomputed, *(page for page in recorded if page not in recomputed)]
    return [one for page in pages for one in _compare_page(page, recorded.get(page, {}), recomputed.get(page, {}))]


def _compare_page(page: str, recorded: Results, recomputed: Results) -> Iterator[Comparison]:
    names = [*recomputed, *(name for name in recorded if name not in recomputed)]
    for name in names:
        then, now = recorded.get(name), recomputed.get(name)
        about = then or now or {}
        values = (then and then["value"], now and now["value"])
        difference = None if then is None or now is None else distance(*values)
        if then is None or now is None:
            verdict = "new" if then is None else "missing"
        else:
            alike = then["unit"] == now["unit"] and difference is not None and difference <= then["tolerance"]
            verdict = "reproduced" if alike else "differs"
        yield Comparison(page, name, about["unit"], *values, difference, about["tolerance"], verdict)


def distance(recorded: Any, recomputed: Any) -> float | None:
    """Return the greatest difference; 0 for equal texts; None for things that cannot be subtracted.

    >>> distance(2.0, 2.5), distance("a", "a"), distance("a", "b")
    (0.5, 0.0, None)
    >>> distance([3, 0.0, 1.0, 0.25], [3, 0.0, 1.125, 0.25]), distance([3, 0.0], [4, 0.0]), distance([3, 0.0], [3])
    (0.125, None, None)
    """
    if recorded == recomputed:
        return 0.0
    lists = isinstance(recorded, list) and isinstance(recomputed, list)
    if lists and len(recorded) == len(recomputed) and recorded[0] == recomputed[0]:
        return float(max(abs(now - then) for then, now in zip(recorded, recomputed, strict=True)))
    if isinstance(recorded, int | float) and isinstance(recomputed, int | float):
        return float(abs(recomputed - recorded))
    return None


def read_record(path: Path) -> dict[str, Results]:
    """Return the results on record, by page.

    Raises:
        RecordError: when the file is missing, cut off or not of this form.
    """
    try:
        record: dict[str, Results] = json.loads(path.read_text(encoding="utf-8"))
        if not record:
            raise ValueError("it holds no result")
        for name, one in (result for results in record.values() for result in results.items()):
            if tuple(one) != PARTS or not 0 <= one["tolerance"] < math.inf:
                raise ValueError(f"{name}: value, unit and tolerance are wanted, got {one}")
    except FileNotFoundError as fault:
        raise RecordError(f"{path.name} is missing; {REMEDY}") from fault
    except (ValueError, TypeError, AttributeError) as fault:
        raise RecordError(f"{path.name} cannot be read: {fault}; {REMEDY}") from fault
    return record


def to_text(record: dict[str, Results]) -> str:
    """Return the file of results as text: a line for each, so that a change shows as one line."""
    pages = []
    for page, results in record.items():
        lines = [f"  {_json(name)}: {_json({part: one[part] for part in PARTS})}" for name, one in results.items()]
        pages.append(f" {_json(page)}: {{\n" + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(pages) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

"""Tables written as lists of lists, turned into rows with bars."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plain.directives import Call


def from_lists(call: "Call") -> str:
    """Return the rows of a ``{list-table}``."""
    rows = [cells(part) for part in re.split(r"^[*-] (?=[*-])", call.body, flags=re.MULTILINE)[1:]]
    shown = [[" ".join(call.render(cell, call.page).split()).replace("|", r"\|") for cell in row] for row in rows]
    head = shown.pop(0) if int(call.options.get("header-rows", 0)) else [""] * len(shown[0])
    lines = [head, ["---"] * len(head), *shown]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cells(row: str) -> list[str]:
    r"""Return the cells of one row.

    >>> cells("- a\n  - b and\n    more\n")
    ['a', 'b and\n    more']
    """
    return [cell.strip() for cell in re.split(r"^\s*[*-](?: |$)", row, flags=re.MULTILINE)[1:]]

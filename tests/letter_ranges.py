"""Whether a hypothesis says no more than the range of a letter, as the package's docstrings declare it."""

import re
from functools import cache
from pathlib import Path

import sympy as sp
from sympy.core.relational import Relational

ROOT = Path(__file__).parents[1]
DECLARED = re.compile(r"^- ``(\w+)``: .*``([^`]*[<>][^`]*)``$", re.MULTILINE)
OUTPUTS = r"[ux]_\w+"  # units that a proposition speaks of are present
BELOW = re.compile(r"(-?\d+) (<=?) ")
ABOVE = re.compile(r" (<=?|>=?) (-?\d+)$")


@cache
def declared():
    """Letter -> the ranges that docstrings declare: pairs of a sign (1: at least, -1: at most), a bound, strictness."""
    found = {}
    for path in (ROOT / "ecolib").rglob("*.py"):
        for letter, limits in DECLARED.findall(path.read_text(encoding="utf-8")):
            low, high = BELOW.match(limits), ABOVE.search(limits)
            bounds = [(1, int(low[1]), low[2] == "<")] if low else []
            bounds += [(1 if ">" in high[1] else -1, int(high[2]), len(high[1]) == 1)] if high else []
            found.setdefault(letter, []).append(bounds)
    return found


def is_range(hypothesis):
    """Whether it bounds one letter no closer than its declared range, or by zero, or orders a letter and its new."""
    if not isinstance(hypothesis, Relational) or hypothesis.func in (sp.Eq, sp.Ne):
        return False
    if hypothesis.lhs.is_Symbol and hypothesis.rhs.is_Symbol:
        return len({str(side).removesuffix("_new") for side in hypothesis.args}) == 1
    difference = sp.Poly(hypothesis.gts - hypothesis.lts)
    if difference.total_degree() != 1 or len(difference.gens) != 1:
        return False
    slope, constant = difference.all_coeffs()
    bound = (int(sp.sign(slope)), -constant / slope, hypothesis.func in (sp.Gt, sp.Lt))
    name = str(difference.gen)
    ranges = [] if re.fullmatch(OUTPUTS, name) else declared().get(name, declared().get(name.partition("_")[0], []))
    return any(_implied(bound, one) for bounds in ranges for one in bounds) or (not ranges and constant == 0)


def _implied(bound, known):
    """Whether a bound follows from a known one on the same side."""
    (side, limit, strict), (other, tighter, strictly) = bound, known
    room = side * (tighter - limit)
    return side == other and (room > 0 or (room == 0 and (strictly or not strict)))

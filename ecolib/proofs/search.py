"""The search for a point that obeys a query, and the proof that there is none.

Solvers are asked in turn, each with a share of the time; the first that decides ends the search. A point that a
solver offers counts only after it has been put into every statement (:func:`~ecolib.proofs.statements.obeys`), and
is then exchanged for one with short numbers if there is one.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import sympy as sp

from ecolib.proofs.display import in_letters, plain
from ecolib.proofs.smtlib import Query
from ecolib.proofs.solvers import Answer, Root, ask, require_solvers
from ecolib.proofs.statements import Point

__all__ = ["TIMEOUT", "Example", "search", "search_in_turn"]

LONGEST = 1e6
"""No solver takes a longer limit, in seconds."""

TIMEOUT = 60.0
"""Seconds for a proof, for a witness, and for all counterexamples; more than a busy machine needs."""

PLAN = (("z3", 0.1), ("short", 0.05), ("cvc5 linear", 0.3), ("cvc5 cover", 0.15), ("z3", 1.0))
"""Who is asked in which order, each with the share of the time it may take, at most what is left.
"short" is z3 with all letters confined to short numbers: it can find a point, never refute one."""

_FRACTIONS = {sp.Rational(p, q) for q in range(1, 6) for p in range(-5, 6)}
SHORT = tuple(sorted(_FRACTIONS, key=lambda number: (number.q, abs(number.p), -number.p)))
"""Numbers that read well: numerators and denominators up to 5."""

READABLE = 10
"""A point whose numerators and denominators end here is left as it is."""

EFFORT = 1_000_000
"""Steps for each attempt to shorten the numbers of a point, some tenths of a second. Steps and not seconds, so that
every machine prints the same point."""


@dataclass(frozen=True, repr=False)
class Example:
    """A point that obeys some statements, or the finding that there is none.

    Attributes:
        outcome: "found", "none" (proved: no point obeys them) or "undecided" (no solver could tell in time).
        point: when found, an exact real number for every letter, checked by substitution and not by a solver.
        solver: "z3", "cvc5", or "author" for a point that was given; empty when undecided.
        seconds: time it took.
    """

    outcome: Literal["found", "none", "undecided"]
    point: Point | None = None
    solver: str = ""
    seconds: float = 0.0

    def __bool__(self) -> bool:
        return self.outcome == "found"

    def __repr__(self) -> str:
        return f"<{self.outcome}>" if self.point is None else f"<{self.outcome}: {plain(self.point)}>"

    def _repr_markdown_(self) -> str:
        words = {"none": "no point (proved)", "undecided": "undecided"}
        return words[self.outcome] if self.point is None else in_letters(self.point)


def search(query: Query, *, seconds: float) -> Example:
    """Look for a point that obeys the query; "none" is a proof that there is none.

    Args:
        query: the statements to obey.
        seconds: time limit for deciding. Shortening the numbers of a point that was found takes some milliseconds
            more, at most some tenths of a second for each letter.

    Raises:
        ImportError: when the solvers are not installed.
        TypeError, ValueError: when seconds is not a positive, finite number.

    Example:
        >>> x = sp.Symbol("x", real=True)
        >>> search(Query((x,), (("", sp.Eq(x**2, 2)), ("", x > 0))), seconds=10)
        <found: x = sqrt(2)>
        >>> search(Query((x,), (("", x**2 < x - 1),)), seconds=10)
        <none>
    """
    require_solvers()
    _check_seconds(seconds)
    start = time.monotonic()
    for method, share in PLAN:
        left = seconds - (time.monotonic() - start)
        if left <= 0:
            break
        answer = _ask(query, method, min(left, share * seconds))
        solver = "cvc5" if method.startswith("cvc5") else "z3"
        if answer.verdict == "unsat" and method != "short":
            return Example("none", None, solver, time.monotonic() - start)
        point = _checked_point(query, answer)
        if point is not None:
            return Example("found", _polished(query, point), solver, time.monotonic() - start)
    return Example("undecided", None, "", time.monotonic() - start)


def search_in_turn(queries: Sequence[Query], *, seconds: float) -> list[Example]:
    """Search for each query in turn; each may use an equal share of what is left of the time."""
    _check_seconds(seconds)
    end = time.monotonic() + seconds
    results: list[Example] = []
    for query in queries:
        share = (end - time.monotonic()) / (len(queries) - len(results))
        results.append(search(query, seconds=share) if share > 0 else Example("undecided"))
    return results


def _check_seconds(seconds: float) -> None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise TypeError(f"timeout must be a number of seconds, got {seconds!r}")
    if not 0 < seconds <= LONGEST:
        raise ValueError(f"timeout must be positive and at most {LONGEST:g} seconds, got {seconds!s:.40}")


def _ask(query: Query, method: str, seconds: float) -> Answer:
    if method == "short":
        return ask(query.text(query.letters, SHORT), method="z3", seconds=seconds)
    return ask(query.text(), method=method, seconds=seconds)


def _checked_point(query: Query, answer: Answer) -> Point | None:
    """The point of an answer in sympy's numbers; None when there is none, or it does not obey the query."""
    if answer.verdict != "sat" or answer.model is None:
        return None
    model: Mapping[str, Fraction | Root] = answer.model
    point = {letter: _number(model.get(name, Fraction(0))) for letter, name in query.names.items()}
    return point if query.obeyed_by(point) else None


def _number(value: Fraction | Root) -> sp.Expr:
    if isinstance(value, Fraction):
        return sp.Rational(value.numerator, value.denominator)
    return sp.rootof(sp.Poly(value.coefficients, sp.Symbol("x")), value.index)


def _polished(query: Query, point: Point) -> Point:
    """A point with shorter numbers, where one is found quickly: first all letters at once, then one by one."""
    best = point
    for attempt in (query.letters, *((letter,) for letter in query.letters)):
        if _burden(best) == (0, 0):
            break
        if len(attempt) == 1 and best[attempt[0]] in SHORT:
            continue
        listed = {*attempt, *(letter for letter, value in best.items() if value in SHORT)}
        answer = ask(query.text(listed, SHORT), method="z3", seconds=TIMEOUT, effort=EFFORT)
        best = min(best, _checked_point(query, answer) or best, key=_burden)
    return best


def _burden(point: Point) -> tuple[int, int]:
    """How many of the numbers are irrational, and how many are long."""
    rational = [value for value in point.values() if value.is_Rational]
    long = sum(max(abs(value.p), value.q) > READABLE for value in rational)
    return len(point) - len(rational), long

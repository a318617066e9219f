"""What is proved by machine of the paradigms: their order, what is best where, where the course ends, what barriers do.

Statements are for openness that combines two links (``q = 2``) unless they name another exponent. The thresholds are
letters with the equations that define them.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from ecolib.paper.behaviour import letters
from ecolib.proofs import Proposition

__all__ = ["ORDER"]

e, h, tau = letters.e, letters.h, letters.tau
beta_I, beta_O, kappa_I, kappa_O = letters.beta_I, letters.beta_O, letters.kappa_I, letters.kappa_O
_LI, _LO, _IO = sp.symbols("e_LI e_LO e_IO", real=True)

_COSTS = {"kappa_I > 0": kappa_I > 0, "kappa_O > kappa_I": kappa_O > kappa_I}


def _earned(q: int) -> tuple[sp.Expr, sp.Expr]:
    """What integrated and open innovation earn more than linear innovation, with the exponent as a number."""
    return letters.lead_I, letters.lead_O.subs(letters.q, q)


def _named(q: int) -> tuple[Any, ...]:
    """What defines the three thresholds for an exponent: positive reaches at which two paradigms earn alike."""
    integrated, opened = _earned(q)
    return (
        sp.Eq(integrated.subs(e, _LI), 0),
        _LO > 0,
        sp.Eq(opened.subs(e, _LO), 0),
        _IO > 0,
        sp.Eq(opened.subs(e, _IO), integrated.subs(e, _IO)),
    )


def _known(*names: str, **points: tuple[Any, ...]) -> dict[str, dict[sp.Symbol, Any]]:
    """Points that break a claim without one hypothesis, by a short name of it: numbers for the letters named."""
    letters_named = [sp.Symbol(name, real=True) for name in names]
    return {
        _SHORT[short]: {letter: sp.Rational(str(number)) for letter, number in zip(letters_named, point, strict=True)}
        for short, point in points.items()
    }


def _order(q: int) -> sp.Expr:
    return letters.order.subs(letters.q, q)


_SHORT = {
    "cheap": "kappa_I > 0",
    "costs": "kappa_O > kappa_I",
    "returns": "beta_I > 0",
    "first": "order > 0",
    "skipped": "order <= 0",
    "reach": "e >= 0",
    "ahead": "lead_O > lead_I",
    "pays": "lead_O > 0",
}
_NAMES = ("beta_I", "kappa_I", "beta_O", "kappa_O", "e_LI", "e_LO", "e_IO")
_I, _O = _earned(2)
_first, _skipped = {"order > 0": _order(2) > 0}, {"order <= 0": _order(2) <= 0}
_I_full, _O_full = _I.subs(e, 1), _O.subs(e, 1)
_scope = {"e >= 0": e >= 0, "e <= 1": e <= 1}
_integrated_best, _open_best = sp.And(_I > 0, _I > _O), sp.And(_O > 0, _O > _I)


def _ordered(q: int, costs: dict[str, Any]) -> Proposition:
    return Proposition(
        name=f"order_of_paradigms_{q}",
        statement=f"With exponent {q}, the sign of one polynomial orders all three thresholds.",
        hypotheses=costs | {"beta_I > 0": beta_I > 0},
        where=_named(q),
        claim=sp.And(
            sp.Equivalent(_order(q) > 0, sp.And(_LI < _LO, _LO < _IO)),
            sp.Equivalent(_order(q) < 0, sp.And(_IO < _LO, _LO < _LI)),
        ),
    )


_PARTS = (
    _ordered(2, _COSTS),
    _ordered(3, {"kappa_O > kappa_I": kappa_O > kappa_I}),
    Proposition(
        name="three_in_turn",
        statement="In that order each paradigm is best on one interval of reach: linear, then integrated, then open.",
        hypotheses={"kappa_O > kappa_I": kappa_O > kappa_I, "beta_I > 0": beta_I > 0} | _first | {"e >= 0": e >= 0},
        where=_named(2),
        claim=sp.And(
            sp.Implies(e < _LI, sp.And(_I < 0, _O < 0)),
            sp.Implies(sp.And(e > _LI, e < _IO), _integrated_best),
            sp.Implies(e > _IO, _open_best),
        ),
        known=_known(
            *_NAMES,
            "e",
            costs=(1, "3/2", "4/15", "16/15", "3/2", 2, "1/2", 1),
            returns=(-1, "1/2", "4/3", "4/3", "-1/2", 1, "1/2", 0),
            first=(1, 9, "34/15", "136/15", 9, 2, "1/2", 1),
            reach=(1, 0, "2/3", "2/3", 0, 1, 2, -1),
        ),
    ),
    Proposition(
        name="integrated_skipped",
        statement="In the other order integrated innovation is never best: linear gives way to open.",
        hypotheses=_COSTS | _skipped | {"e >= 0": e >= 0},
        where=_named(2),
        claim=sp.And(sp.Implies(e < _LO, sp.And(_I < 0, _O < 0)), sp.Implies(e > _LO, _open_best)),
        known=_known(
            *_NAMES,
            "e",
            cheap=(-1, "-3/8", "-21/64", "-21/64", "3/8", 1, 3, "1/2"),
            costs=(1, "1/4", "-1/3", "-1/3", "1/4", 1, "1/2", 0),
            skipped=("12/7", "3/7", 1, 1, "1/4", 1, 2, "1/2"),
            reach=(-1, 1, 2, 2, -1, 1, "1/2", -1),
        ),
    ),
    Proposition(
        name="stall_at_linear",
        statement="Linear innovation stays unbeaten if neither return covers its cost at full reach.",
        hypotheses={"beta_I <= kappa_I": _I_full <= 0, "beta_O <= kappa_O": _O_full <= 0, "beta_O >= 0": beta_O >= 0}
        | {"beta_I >= 0": beta_I >= 0}
        | _scope,
        claim=sp.And(_I <= 0, _O <= 0),
    ),
    Proposition(
        name="stall_at_integrated",
        statement="If integrated innovation earns as much as open innovation at full reach, openness is never best.",
        hypotheses=_COSTS | {"lead_O <= lead_I": _O_full <= _I_full} | _scope,
        claim=sp.Not(_open_best),
    ),
    Proposition(
        name="course_completes",
        statement="If openness earns most at full reach, it is reached, after integration exactly in that order.",
        hypotheses=_COSTS
        | {"beta_I > 0": beta_I > 0}
        | {"lead_O > lead_I": _O_full > _I_full, "lead_O > 0": _O_full > 0},
        where=_named(2),
        claim=sp.And(_LO < 1, _IO < 1, sp.Equivalent(_LI < _IO, _order(2) > 0)),
        known=_known(
            *_NAMES,
            cheap=(1, "-1/2", 4, 1, "-1/2", "1/2", "3/4"),
            costs=(1, "7/16", 1, "1/4", "7/16", "1/2", "1/4"),
            returns=(-1, "1/2", 4, 1, "-1/2", "1/2", "1/4"),
            ahead=(1, "1/16", "31/60", "31/240", "1/16", "1/2", 2),
            pays=(1, 9, "34/15", "136/15", 9, 2, "1/2"),
        ),
    ),
)

ORDER: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The propositions on the order of paradigms, by name."""

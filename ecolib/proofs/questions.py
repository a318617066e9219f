"""The questions that a proposition puts to the solvers, each a query that no point, or some point, obeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp
from sympy.logic.boolalg import Boolean

from ecolib.proofs.smtlib import Query
from ecolib.proofs.statements import duties

if TYPE_CHECKING:
    from ecolib.proofs.proposition import Proposition

__all__ = ["dropping", "existence", "refutations"]

Remarked = tuple[str, Boolean]


def existence(proposition: Proposition) -> Query:
    """Obeyed where definitions and hypotheses hold."""
    return _query(proposition, "do the hypotheses hold anywhere?", _premises(proposition))


def refutations(proposition: Proposition) -> list[tuple[Boolean, Query]]:
    """For every part of the claim, the part and the query obeyed where the hypotheses hold and the part fails."""
    parts = duties(proposition.claim)
    result = []
    for number, (given, conclusion) in enumerate(parts, start=1):
        shown = sp.Implies(sp.And(*given), conclusion, evaluate=False) if given else conclusion
        statements = (*_premises(proposition), *(("given", premise) for premise in given), _broken("claim", conclusion))
        question = f"does part {number} of {len(parts)} of the claim fail anywhere?"
        result.append((shown, _query(proposition, question, statements)))
    return result


def dropping(proposition: Proposition, label: str) -> Query:
    """Obeyed where one hypothesis and the claim fail, and everything else holds."""
    broken = (_broken(f"hypothesis {label}", proposition.hypotheses[label]), _broken("claim", proposition.claim))
    return _query(proposition, f"does the claim fail without {label}?", (*_premises(proposition, label), *broken))


def _premises(proposition: Proposition, dropped: str | None = None) -> tuple[Remarked, ...]:
    definitions = (("where", definition) for definition in proposition.where)
    kept = ((label, hypothesis) for label, hypothesis in proposition.hypotheses.items() if label != dropped)
    return (*definitions, *((f"hypothesis {label}", hypothesis) for label, hypothesis in kept))


def _broken(remark: str, statement: Boolean) -> Remarked:
    return f"{remark}, denied", sp.Not(statement, evaluate=False)


def _query(proposition: Proposition, question: str, statements: tuple[Remarked, ...]) -> Query:
    heading = f"{proposition.name}: {question}\n{proposition.statement}"
    return Query(proposition.letters, statements, heading)

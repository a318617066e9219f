"""The appendix of propositions: every proposition checked, and written out in MyST Markdown.

Each proposition is shown with its statement, its hypotheses and its claim, which solver proved it, a point where all
hypotheses hold (its **witness**), and for every hypothesis a point where the claim fails without it (a
**counterexample**). The text uses the labels and roles of the book: ``c21`` is the ledger's entry of claim C21.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import sympy as sp

from ecolib.doors import check_kind, several, whole
from ecolib.paper.claims import claims
from ecolib.paper.propositions import GROUPS, Group
from ecolib.proofs import Check, Point, Proposition

__all__ = ["CheckedGroup", "checked_groups"]

LONG = 180
"""Letters of formulas, in LaTeX, up to which hypotheses and claim are shown without a click."""

CLASSES = (1, 10, 60)
"""Seconds. The time of a proof is told by the first of these that it stays below, so that pages read the same on
machines of like speed."""


@dataclass(frozen=True)
class CheckedGroup:
    """A group of propositions and what the solvers made of each.

    Attributes:
        group: title, chapter and propositions.
        checks: name -> proof, witness and counterexamples.
    """

    group: Group
    checks: Mapping[str, Check]

    @property
    def passed(self) -> bool:
        """Whether every proposition is proved, not vacuous, and needs all its hypotheses."""
        return all(self.checks.values())

    def __repr__(self) -> str:
        passed = sum(check.passed for check in self.checks.values())
        return f"<{self.group.title}: {passed} of {len(self.checks)} pass>"

    def _repr_markdown_(self) -> str:
        return "\n\n".join(entry(self.group.propositions[name], check) for name, check in self.checks.items())


def checked_groups(groups: Sequence[Group] = GROUPS, *, workers: int = 2) -> dict[str, CheckedGroup]:
    """Check the propositions of some groups, several at a time.

    Args:
        groups: what to check, all unless said otherwise.
        workers: number of processes, at least 1.

    Returns:
        Title of the group -> the group with its checks.

    Raises:
        TypeError: when something else than groups is given, or a number of workers that is no integer.
        ValueError: for fewer than one worker.
        ImportError: when z3 or cvc5 is not installed (extra ``proofs``).

    Example:
        >>> alignment = [group for group in GROUPS if group.title.startswith("Alignment")]
        >>> checked_groups(alignment, workers=1)["Alignment along a network"]
        <Alignment along a network: 3 of 3 pass>
    """
    workers, groups = whole("workers", workers, least=1, most=1000), several("groups", groups)
    for group in groups:
        check_kind("a group", group, Group)
    everything = [proposition for group in groups for proposition in group.propositions.values()]
    if workers == 1:
        found = list(map(Proposition.check, everything))
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            found = list(pool.map(Proposition.check, everything))
    checks = {check.name: check for check in found}
    return {group.title: CheckedGroup(group, {name: checks[name] for name in group.propositions}) for group in groups}


def entry(proposition: Proposition, check: Check) -> str:
    """One proposition under a heading, with a label to link to."""
    formulas = "\n".join(_formulas(proposition))
    short = len(formulas) <= LONG
    folded = [*([] if short else [formulas]), _points(check)]
    title = ("Witness" if short else "Hypotheses, claim, witness") + " and counterexamples"
    parts = [
        f"(proposition-{proposition.name})=\n```{{rubric}} {proposition.name}\n:heading-level: 3\n```",
        proposition.statement,
        *([formulas] if short else []),
        f"{_outcome(check)} {_uses(proposition.name)}",
        f":::{{admonition}} {title}\n:class: dropdown\n",
        *folded,
        ":::",
    ]
    return "\n\n".join(parts)


def _formulas(proposition: Proposition) -> list[str]:
    """Definitions, hypotheses and claim, a line each."""
    parts = {
        "Where": proposition.where,
        "If": tuple(proposition.hypotheses.values()),
        "Then": (proposition.claim,),
    }
    return [f"- {word} " + ", ".join(f"${sp.latex(one)}$" for one in parts[word]) for word in parts if parts[word]]


def _outcome(check: Check) -> str:
    """Who proved it, and how fast."""
    seconds = check.proof.seconds
    limit = next((f"under {bound} s" for bound in CLASSES if seconds < bound), f"over {CLASSES[-1]} s")
    outcome = check.proof.outcome.capitalize()
    return f"**{outcome}** by {check.proof.solver}, {limit}." if check.passed else f"**{'; '.join(check.faults)}.**"


def _uses(name: str) -> str:
    """The claims that cite it, and the chapters that name it."""
    citing = ", ".join(f"{{ref}}`{one.id} <{one.id.lower()}>`" for one in claims() if name in one.propositions)
    return f"Evidence for {citing or 'no claim by itself'}. Named in {{ledger:mentions}}`{name}`."


def _points(check: Check) -> str:
    """The witness and the counterexamples, a line each."""
    lines = [f"- All hypotheses hold at {_point(check.witness.point)}."]
    for label, example in check.necessity.examples.items():
        lines.append(f"- Without {_code(label)} the claim fails at {_point(example.point)}.")
    return "\n".join(lines)


def _point(point: Point | None) -> str:
    return "no known point" if point is None else _code(", ".join(f"{letter} = {point[letter]}" for letter in point))


def _code(text: Any) -> str:
    return f"``{text}``" if "`" in str(text) else f"`{text}`"

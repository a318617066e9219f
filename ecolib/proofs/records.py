"""What came out: of a proof, of the search for counterexamples, of a whole check.

A record is true only when the matter is settled in favour; "undecided" is never a pass. Times are kept in ``seconds``
and not shown, so that a page built twice reads the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sympy.logic.boolalg import Boolean

from ecolib.proofs.display import in_letters, plain, table
from ecolib.proofs.search import Example
from ecolib.proofs.statements import Point

__all__ = ["Check", "Necessity", "Part", "Proof"]

Outcome = Literal["proved", "refuted", "undecided"]
_OF_SEARCH: dict[str, Outcome] = {"none": "proved", "found": "refuted", "undecided": "undecided"}


@dataclass(frozen=True, repr=False)
class Part:
    """One implication of a claim, proved or not by itself.

    Attributes:
        claim: the conclusion to be shown; an implication where it has premises besides the hypotheses.
        search: the search for a point where the hypotheses hold and this part of the claim fails.
    """

    claim: Boolean
    search: Example

    @property
    def outcome(self) -> Outcome:
        """Proved when no point refutes it, refuted when one does."""
        return _OF_SEARCH[self.search.outcome]

    def __repr__(self) -> str:
        return f"<{self.outcome}: {self.claim}>"


@dataclass(frozen=True, repr=False)
class Proof:
    """What the solvers made of a proposition. True only when every part of the claim is proved.

    Attributes:
        name: the proposition's name.
        parts: the implications that make up the claim, each with its own outcome.
    """

    name: str
    parts: tuple[Part, ...]

    @property
    def outcome(self) -> Outcome:
        """Refuted as soon as one part is, proved when all are, otherwise undecided."""
        outcomes = {part.outcome for part in self.parts}
        return "refuted" if "refuted" in outcomes else "proved" if outcomes == {"proved"} else "undecided"

    @property
    def proved(self) -> bool:
        """Whether every part is proved."""
        return self.outcome == "proved"

    @property
    def solver(self) -> str:
        """Who decided: "z3", "cvc5", or "z3 + cvc5" when each settled some parts; empty when undecided."""
        deciders = {part.search.solver for part in self.parts if part.outcome == self.outcome}
        return " + ".join(name for name in ("z3", "cvc5") if name in deciders)

    @property
    def seconds(self) -> float:
        """Time it took, all parts together."""
        return sum(part.search.seconds for part in self.parts)

    @property
    def counterexample(self) -> Point | None:
        """When refuted, a point where the hypotheses hold and the claim fails."""
        return next((part.search.point for part in self.parts if part.outcome == "refuted"), None)

    def __bool__(self) -> bool:
        return self.proved

    def __repr__(self) -> str:
        at = "" if self.counterexample is None else f" at {plain(self.counterexample)}"
        return f"<{self.name}: {self.outcome}{at}, {self._how()}>"

    def _repr_markdown_(self) -> str:
        at = "" if self.counterexample is None else f" at {in_letters(self.counterexample)}"
        return f"**{self.outcome.capitalize()}**{at}, {self._how()}."

    def _how(self) -> str:
        undecided = sum(part.outcome == "undecided" for part in self.parts)
        return f"by {self.solver}" if self.solver else f"{undecided} of {len(self.parts)} parts open"


@dataclass(frozen=True, repr=False)
class Necessity:
    """For every hypothesis, a point where all the others hold, and it and the claim fail. True when all are found.

    Attributes:
        examples: the search for each hypothesis, by its label.
    """

    examples: Mapping[str, Example]

    @property
    def points(self) -> dict[str, Point]:
        """The points that were found, by label of the hypothesis they show to be needed."""
        return {label: example.point for label, example in self.examples.items() if example.point is not None}

    @property
    def redundant(self) -> tuple[str, ...]:
        """Labels of the hypotheses without which the claim holds no less: no such point exists."""
        return tuple(label for label, example in self.examples.items() if example.outcome == "none")

    @property
    def undecided(self) -> tuple[str, ...]:
        """Labels of the hypotheses of which no solver could tell."""
        return tuple(label for label, example in self.examples.items() if example.outcome == "undecided")

    def __getitem__(self, label: str) -> Example:
        return self.examples[label]

    def __bool__(self) -> bool:
        return all(self.examples.values())

    def __repr__(self) -> str:
        return f"<{'; '.join(f'without {label}: {example!r}' for label, example in self.examples.items())}>"

    def _repr_markdown_(self) -> str:
        rows = ((label, example._repr_markdown_()) for label, example in self.examples.items())
        return table(("without", "the claim fails at"), rows) if self.examples else ""


@dataclass(frozen=True, repr=False)
class Check:
    """Everything that the machine can say for a proposition. True only when nothing is at fault.

    Attributes:
        name: the proposition's name.
        proof: the outcome of the solvers.
        witness: a point where all hypotheses hold, so that the proposition is about something.
        necessity: for every hypothesis, a counterexample without it.
    """

    name: str
    proof: Proof
    witness: Example
    necessity: Necessity

    @property
    def faults(self) -> tuple[str, ...]:
        """What is missing, in sentences; empty when the check is passed."""
        witness = {"none": "the hypotheses contradict each other", "undecided": "no witness was found in time"}
        return (
            *([] if self.proof else [f"the claim is {self.proof.outcome}"]),
            *([] if self.witness else [witness[self.witness.outcome]]),
            *(f"hypothesis {label!r} is redundant" for label in self.necessity.redundant),
            *(f"hypothesis {label!r}: need undecided" for label in self.necessity.undecided),
        )

    @property
    def passed(self) -> bool:
        """Proved, not vacuous, and every hypothesis needed."""
        return not self.faults

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        return f"<{self.name}: {'; '.join(self.faults) or 'proved, not vacuous, every hypothesis needed'}>"

    def _repr_markdown_(self) -> str:
        proof, needs = self.proof._repr_markdown_(), self.necessity._repr_markdown_()
        return f"{proof} The hypotheses hold at: {self.witness._repr_markdown_()}.\n\n{needs}"

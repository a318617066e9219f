"""The ledger: what the source paper claims, and what has become of each claim.

A claim is listed with its section in the paper and its wording in ours. Its **verdict** is on our formal statement of
it, and rests on **evidence**, by kind: chapters of the book, statements and figures in them, code, tests, and
propositions that solvers have proved. :data:`NEEDED` says which evidence each verdict needs, :data:`EXCLUDED` which
would contradict it. A **condition** is code that decides or computes what a verdict depends on; a **counterexample**
is a test that computes a case in which a claim fails.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ecolib.doors import check_word, choice, words

__all__ = ["EVIDENCE", "EXCLUDED", "NEEDED", "VERDICTS", "Claim", "claims"]

EVIDENCE = ("chapter", "statement", "figure", "propositions", "code", "condition", "test", "counterexample")
"""The kinds of evidence."""

_ALWAYS = ("chapter", "statement", "figure", "code", "test")

NEEDED = MappingProxyType(
    {
        "structure": ("chapter", "figure", "code", "test"),
        "holds": (*_ALWAYS, "propositions"),
        "holds if": (*_ALWAYS, "propositions", "condition", "counterexample"),
        "fails when": (*_ALWAYS, "counterexample"),
        "outside mathematics": ("chapter",),
    }
)
"""Verdict -> the kinds of evidence it needs. Every verdict needs a sentence of conditions or reasons too."""

EXCLUDED = MappingProxyType(
    {
        "structure": ("condition", "counterexample"),
        "holds": ("condition", "counterexample"),
        "holds if": (),
        "fails when": (),
        "outside mathematics": tuple(kind for kind in EVIDENCE if kind != "chapter"),
    }
)
"""Verdict -> the kinds of evidence that would contradict it."""

VERDICTS = tuple(NEEDED)
"""The words a verdict may use; the ledger's data file explains them."""


@dataclass(frozen=True)
class Claim:
    """One claim of the source paper.

    Main attributes:
        id : "C01" to "C30", in the paper's order
        paper : section of the source paper
        claim : the claim in our words
        verdict : one of :data:`VERDICTS`
        conditions : what the verdict depends on, or its reason, in sentences

    Other attributes:
        terms : the paper's Chinese terms
        chapter : names of the chapters that treat it, without ``.md``
        statement : labels of definitions, propositions and theorems in these chapters
        figure : names of figures in these chapters
        propositions : names of proved propositions
        code : dotted names in ``ecolib``
        condition : dotted names of the functions and properties that decide or compute the conditions
        test : pytest files, or ``file::function``
        counterexample : tests, ``file::function``, that compute a case in which the claim fails

    Raises:
        ValueError: for an unknown verdict.
    """

    id: str
    paper: str
    claim: str
    verdict: str
    conditions: str = ""
    terms: str = ""
    chapter: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()
    figure: tuple[str, ...] = ()
    propositions: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    counterexample: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("id", "paper", "claim", "conditions", "terms"):
            check_word(name, getattr(self, name))
        choice(f"the verdict of {self.id}", self.verdict, VERDICTS)
        for name in EVIDENCE:
            object.__setattr__(self, name, words(name, getattr(self, name)))

    @property
    def faults(self) -> tuple[str, ...]:
        """What is missing, or contradicts the verdict, in sentences; empty when nothing is.

        Whether the evidence exists, and whether propositions are proved, is for tests to find out.

        Example:
            >>> Claim("C31", "5", "More is better.", "outside mathematics", "A taste.", chapter=("01_question",)).faults
            ()
            >>> Claim("C31", "5", "More is better.", "structure", "A choice.", counterexample=("t::test",)).faults[-1]
            "C31: a claim with the verdict 'structure' must name no counterexample"
        """
        kind = f"{self.id}: a claim with the verdict {self.verdict!r} must name"
        sentence = self.conditions.endswith(".")
        return (
            *([] if sentence else [f"{kind} its conditions or reason in sentences"]),
            *(f"{kind} evidence of the kind {name!r}" for name in NEEDED[self.verdict] if not getattr(self, name)),
            *(f"{kind} no {name}" for name in EXCLUDED[self.verdict] if getattr(self, name)),
        )


@cache
def claims() -> tuple[Claim, ...]:
    """All claims of the source paper, in its order.

    Example:
        >>> [claim.verdict for claim in claims() if claim.id in ("C16", "C21")]
        ['structure', 'holds if']
    """
    data = tomllib.loads(files("ecolib.paper").joinpath("claims.toml").read_text(encoding="utf-8"))
    return tuple(Claim(id=name, **entry) for name, entry in data.items())

"""The ledger: what the source paper claims, and what has become of each claim.

A claim is listed with its section in the paper and its wording in ours. A claim whose verdict is not "open" names its
evidence: the chapters that treat it, the code, the tests, and the propositions that solvers have proved.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["VERDICTS", "Claim", "claims"]

VERDICTS = ("open", "structure", "holds", "holds if", "fails when", "outside mathematics")
"""The words a verdict may use; the ledger's data file explains them."""


@dataclass(frozen=True)
class Claim:
    """One claim of the source paper.

    Main attributes:
        id : "C01" to "C30", in the paper's order
        paper : section of the source paper
        claim : the claim in our words
        verdict : one of :data:`VERDICTS`

    Other attributes:
        conditions : what the verdict depends on, a sentence; empty when open
        terms : the paper's Chinese terms
        chapter : names of the chapters that treat it
        code : dotted names in ``ecolib``
        test : pytest files, or ``file::function``
        propositions : names of proved propositions
    """

    id: str
    paper: str
    claim: str
    verdict: str = "open"
    conditions: str = ""
    terms: str = ""
    chapter: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    propositions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"the verdict of {self.id} must be one of {', '.join(VERDICTS)}, got {self.verdict!r}")
        for name in ("chapter", "code", "test", "propositions"):
            object.__setattr__(self, name, tuple(getattr(self, name)))


@cache
def claims() -> tuple[Claim, ...]:
    """All claims of the source paper, in its order.

    Example:
        >>> [claim.verdict for claim in claims() if claim.id in ("C21", "C24")]
        ['holds if', 'open']
    """
    data = tomllib.loads(files("ecolib.paper").joinpath("claims.toml").read_text(encoding="utf-8"))
    return tuple(Claim(id=name, **entry) for name, entry in data.items())

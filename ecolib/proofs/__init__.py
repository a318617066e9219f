"""Propositions that a machine checks.

A :class:`Proposition` holds definitions, hypotheses and a claim as sympy relations. Two solvers, z3 and cvc5, look for
a point where the hypotheses hold and the claim fails; when they prove that there is none, the claim is proved. A
theorem is worth as much as its hypotheses, so two more questions are asked: is there a point where all of them hold
(a **witness**, without which the theorem says nothing), and does the claim fail somewhere when one of them is dropped
(a **counterexample**, without which that hypothesis is not needed)?

The solvers are an extra of the package: ``pip install 'ecolib[proofs]'``.
"""

from ecolib.proofs.proposition import Proposition
from ecolib.proofs.records import Check, Necessity, Part, Proof
from ecolib.proofs.search import Example
from ecolib.proofs.statements import Point, as_reals

__all__ = ["Check", "Example", "Necessity", "Part", "Point", "Proof", "Proposition", "as_reals"]

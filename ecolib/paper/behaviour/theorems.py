"""The propositions of section 3.1: the order of paradigms, barriers, imitation and its twin, control."""

from __future__ import annotations

from ecolib.paper.behaviour.order_theorems import ORDER
from ecolib.paper.behaviour.passage_theorems import PASSAGE
from ecolib.proofs import Proposition

__all__ = ["BEHAVIOUR"]

BEHAVIOUR: dict[str, Proposition] = ORDER | PASSAGE
"""What is proved of innovation behaviour, by name."""

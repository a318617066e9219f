"""Every proposition of the project, by name: what the ledger may cite and what the solvers are asked."""

from __future__ import annotations

from ecolib.communities.theorems import NETWORKS
from ecolib.extensions.theorems import EXTENSIONS
from ecolib.paper.evolution.alignment_theorems import ALIGNMENT
from ecolib.paper.evolution.feedback.theorems import FEEDBACK
from ecolib.paper.evolution.many import ANY_NUMBER
from ecolib.paper.evolution.path import PATH_THEOREM
from ecolib.paper.evolution.regional import REGIONS
from ecolib.proofs import Proposition
from ecolib.theorems import SYMBIOSIS

__all__ = ["PROPOSITIONS"]

PROPOSITIONS: dict[str, Proposition] = {}
for _group in (SYMBIOSIS, EXTENSIONS, NETWORKS, PATH_THEOREM, ANY_NUMBER, FEEDBACK, ALIGNMENT, REGIONS):
    if _twice := _group.keys() & PROPOSITIONS:
        raise ValueError(f"two propositions are named {', '.join(sorted(_twice))}")
    PROPOSITIONS |= _group
"""The propositions of the equations, of their extensions, of networks and of the paper's section 3.2."""

"""Every proposition of the project, by name: what the ledger may cite and what the solvers are asked.

A **group** holds the propositions of one module; it has a title and the chapter that proves them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ecolib.communities.theorems import NETWORKS
from ecolib.extensions.theorems import EXTENSIONS
from ecolib.paper.behaviour.theorems import BEHAVIOUR
from ecolib.paper.construction.drive.theorems import DRIVE
from ecolib.paper.construction.institutions.theorems import INSTITUTIONS
from ecolib.paper.construction.material.theorems import MATERIAL
from ecolib.paper.evolution.alignment_theorems import ALIGNMENT
from ecolib.paper.evolution.feedback.theorems import FEEDBACK
from ecolib.paper.evolution.many import ANY_NUMBER
from ecolib.paper.evolution.path import PATH_THEOREM
from ecolib.paper.evolution.regional import REGIONS
from ecolib.paper.policy.theorems import POLICY
from ecolib.proofs import Proposition
from ecolib.theorems import SYMBIOSIS

__all__ = ["GROUPS", "PROPOSITIONS", "Group"]


class Group(NamedTuple):
    """The propositions of one module.

    Attributes:
        title: what they are about.
        chapter: the page of the book that states them, without ``.md``.
        propositions: name -> proposition.
    """

    title: str
    chapter: str
    propositions: Mapping[str, Proposition]


GROUPS = (
    Group("Material foundation", "02_material_foundation", MATERIAL),
    Group("Institutional guarantee", "03_institutional_guarantee", INSTITUTIONS),
    Group("Innovation genes, exchange, network effects", "04_driving_mechanism", DRIVE),
    Group("Innovation behaviour", "05_innovation_behaviour", BEHAVIOUR),
    Group("Symbiosis of two and three units", "06_symbiosis_equations", SYMBIOSIS),
    Group("The path theorem", "07_analytical", PATH_THEOREM),
    Group("The path of any number of units", "07_analytical", ANY_NUMBER),
    Group("Feedback: succession or tipping", "09_succession_or_tipping", FEEDBACK),
    Group("Alignment along a network", "09_succession_or_tipping", ALIGNMENT),
    Group("Communities of many units", "10_many_units", NETWORKS),
    Group("Networks of regions", "10_many_units", REGIONS),
    Group("Five levers", "11_five_levers", POLICY),
    Group("Saturating help and obligate units", "12_where_linear_fails", EXTENSIONS),
)
"""The groups, in the order of the book."""

PROPOSITIONS: dict[str, Proposition] = {}
for _group in GROUPS:
    if _twice := _group.propositions.keys() & PROPOSITIONS:
        raise ValueError(f"two propositions are named {', '.join(sorted(_twice))}")
    PROPOSITIONS |= _group.propositions
"""The propositions of all groups."""

"""Every proposition of section 2.2, by name."""

from __future__ import annotations

from ecolib.paper.construction.institutions.jcurve_theorems import DEPARTURE
from ecolib.paper.construction.institutions.network_theorems import NETWORKS_OF_REGIONS, STATISTICS
from ecolib.proofs import Proposition

__all__ = ["INSTITUTIONS"]

INSTITUTIONS: dict[str, Proposition] = NETWORKS_OF_REGIONS | STATISTICS | DEPARTURE
"""The propositions of ties, standards, statistics of networks, and the J-curve."""

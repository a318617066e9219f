"""Every proposition of section 2.3, by name."""

from __future__ import annotations

from ecolib.paper.construction.drive.gene_theorems import GENES
from ecolib.paper.construction.drive.network_theorems import EFFECTS
from ecolib.paper.construction.drive.region_theorems import EXCHANGE
from ecolib.proofs import Proposition

__all__ = ["DRIVE"]

DRIVE: dict[str, Proposition] = GENES | EXCHANGE | EFFECTS
"""The propositions of innovation genes, of exchange, of the direct network effect and of layers."""

"""Institutional guarantee (制度保障): standards, relations, networks that lose and regain; section 2.2 of the paper.

A **formal institution** is a standard or rule that units adopt from each other; a **relation** (关系) is a tie that
binds without a rule. **Injection** (关系注入) makes a tie across regions by moving a firm, **generation** (关系生成)
makes one among the partners of linked firms. A **lead firm** (龙头企业) is a unit of the less developed region that
many others depend on; its **departure** is followed by **reverse spillover** (逆向溢出), knowledge that flows back.
"""

from ecolib.paper.construction.institutions.bridges import (
    aligns,
    cut_bound,
    even_connectivity,
    limited_by_regions,
    matched_connectivity,
    ties_needed,
)
from ecolib.paper.construction.institutions.counts import (
    Counts,
    density_rises,
    dominance_rises,
    rises,
    strength_rises,
)
from ecolib.paper.construction.institutions.jcurve import JCurve
from ecolib.paper.construction.institutions.paces import ramp_enough, recovery_window
from ecolib.paper.construction.institutions.payback import accumulated_gain, loss, pay_back, rung
from ecolib.paper.construction.institutions.relations import Relations, closed_triads
from ecolib.paper.construction.institutions.standards import Standards
from ecolib.paper.construction.institutions.statistics import (
    RegionStatistics,
    eigenvector_centrality,
    region_statistics,
)
from ecolib.paper.construction.institutions.transfer import Transfer, changes, drawn_regions, transferred

__all__ = [
    "Counts",
    "JCurve",
    "RegionStatistics",
    "Relations",
    "Standards",
    "Transfer",
    "accumulated_gain",
    "aligns",
    "changes",
    "closed_triads",
    "cut_bound",
    "density_rises",
    "dominance_rises",
    "drawn_regions",
    "eigenvector_centrality",
    "even_connectivity",
    "limited_by_regions",
    "loss",
    "matched_connectivity",
    "pay_back",
    "ramp_enough",
    "recovery_window",
    "region_statistics",
    "rises",
    "rung",
    "strength_rises",
    "ties_needed",
    "transferred",
]

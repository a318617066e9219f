"""Material foundation (物质基础): enclaves, two-way flows, one connected network; section 2.1 of the paper.

The material foundation of an open innovation ecosystem is its units and their links. A **chain** is made in **stages**,
and a region has a **comparative advantage** in those where its **relative requirement** is low. Transfer is **one-way**
when one region alone gives stages or units up. An industry that has moved in and acts on nobody there is an
**enclave** (飞地); what it does to the others is its **spillover** (溢出). Two regions are **one network** when a
**giant part**, within which everybody acts on everybody, spans both. **Rewiring** breaks local links and replaces them
by cross links: the network measure **dips**, and the network is **upgraded** (升级) if it ends above where it began.
"""

from ecolib.paper.construction.material.allocation import Allocation, allocate
from ecolib.paper.construction.material.chains import Chain
from ecolib.paper.construction.material.crosslinks import RegionLinks
from ecolib.paper.construction.material.draws import drawn, region_graph, spanning_shares, spanning_units
from ecolib.paper.construction.material.graphs import cohesion, regional_efficiency, rewired, two_local_networks
from ecolib.paper.construction.material.paths import ancestors, cut_off, enclaves, islands, parts, reducible
from ecolib.paper.construction.material.relocation import relocated
from ecolib.paper.construction.material.rewiring import Dip, Rewiring
from ecolib.paper.construction.material.spillovers import multipliers, spillover

__all__ = [
    "Allocation",
    "Chain",
    "Dip",
    "RegionLinks",
    "Rewiring",
    "allocate",
    "ancestors",
    "cohesion",
    "cut_off",
    "drawn",
    "enclaves",
    "islands",
    "multipliers",
    "parts",
    "reducible",
    "region_graph",
    "regional_efficiency",
    "relocated",
    "rewired",
    "spanning_shares",
    "spanning_units",
    "spillover",
    "two_local_networks",
]

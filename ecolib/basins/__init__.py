"""Which start leads where.

- A **basin** is the set of starts that end at one attractor; its share of a set of starts is its **basin stability**.
- The **edge** divides the basins. With two units it is a curve, the **separatrix**: the stable manifold of a saddle.
  With more units it is followed as a path that ends at neither attractor, but at an **edge state** between them.
"""

from ecolib.basins.edges import Edge, track_edge
from ecolib.basins.labels import Basins, basins
from ecolib.basins.manifolds import check_curve as check_curve
from ecolib.basins.manifolds import separatrix, stable_manifold
from ecolib.basins.shares import Shares, basin_stability

__all__ = [
    "Basins",
    "Edge",
    "Shares",
    "basin_stability",
    "basins",
    "separatrix",
    "stable_manifold",
    "track_edge",
]

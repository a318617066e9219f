"""Where the linear model ends: help that saturates, units that cannot live alone.

``saturating`` and ``obligate`` take a model and return one, which ``simulate`` and continuation take like any other.
Two units are solved in closed form: ``Pair`` in letters, ``pair_equilibria`` and ``pair_map`` in numbers. What is
proved of them stands in :mod:`ecolib.extensions.theorems`, which needs the solvers and is imported by path.
"""

from ecolib.extensions.curves import alike, branch
from ecolib.extensions.forms import handling, obligate, saturating
from ecolib.extensions.manifolds import pair_separatrix
from ecolib.extensions.outcomes import pair_map
from ecolib.extensions.pair import Pair
from ecolib.extensions.points import PairPoint, pair_equilibria

__all__ = [
    "Pair",
    "PairPoint",
    "alike",
    "branch",
    "handling",
    "obligate",
    "pair_equilibria",
    "pair_map",
    "pair_separatrix",
    "saturating",
]

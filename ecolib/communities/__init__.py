"""Many units: communities drawn at random, what size and variance cost them, and newcomers one by one.

Bounds say when a random community has a feasible equilibrium and when that is stable; ``assemble`` lets units enter one
after the other. What is proved of networks stands in :mod:`ecolib.communities.theorems`, which needs the solvers and
is imported by path.
"""

from ecolib.communities.bounds import (
    Property,
    dissipative_margin,
    feasible_complexity,
    feasible_probability,
    outcome_spread,
    rightmost_eigenvalue,
    size_limit,
)
from ecolib.communities.draws import Community, random_alpha, random_links
from ecolib.communities.entrants import Assembly, assemble

__all__ = [
    "Assembly",
    "Community",
    "Property",
    "assemble",
    "dissipative_margin",
    "feasible_complexity",
    "feasible_probability",
    "outcome_spread",
    "random_alpha",
    "random_links",
    "rightmost_eigenvalue",
    "size_limit",
]

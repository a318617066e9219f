"""Section 3.1 of the paper: how the behaviour of firms evolves, from linear to integrated to open innovation.

A firm innovates in one of three **paradigms** (范式): *linear* (线性创新), alone, from research to market; *integrated*
(集成创新), with the firms of its chain, led by the **chain master** (链主); *open* (开放式创新), with whoever is in the
network. What pays depends on the **reach** of the network between the regions, which transfer raises and
**administrative barriers** (行政壁垒) hold down. The **course** of behaviour is the order in which paradigms have
their turn. Firms imitate what pays (**replicator** equation), which is a Lotka-Volterra system in disguise, its
**twin**. **Control** is what the chain master has of links, of paths between others, and of gains.
"""

from ecolib.paper.behaviour.adoption import GAME, PARADIGMS, attractors, critical_mass, game, separatrix
from ecolib.paper.behaviour.barriers import critical_barrier, is_precondition, link_turnover, reach, transfer_needed
from ecolib.paper.behaviour.control import (
    Control,
    betweenness_centralisation,
    brokerage,
    control,
    degree_centralisation,
    share_of_gains,
    surely_weakens,
)
from ecolib.paper.behaviour.courses import Course, Paradigm, Thresholds
from ecolib.paper.behaviour.growth import (
    attachment,
    expected_brokerage,
    expected_links,
    lateral_growth,
    lock_in_probability,
)
from ecolib.paper.behaviour.imitation import replicator
from ecolib.paper.behaviour.orbits import Orbits, same_orbits
from ecolib.paper.behaviour.paradigms import Paradigms
from ecolib.paper.behaviour.twins import Twin, twin

__all__ = [
    "GAME",
    "PARADIGMS",
    "Control",
    "Course",
    "Orbits",
    "Paradigm",
    "Paradigms",
    "Thresholds",
    "Twin",
    "attachment",
    "attractors",
    "betweenness_centralisation",
    "brokerage",
    "control",
    "critical_barrier",
    "critical_mass",
    "degree_centralisation",
    "expected_brokerage",
    "expected_links",
    "game",
    "is_precondition",
    "lateral_growth",
    "link_turnover",
    "lock_in_probability",
    "reach",
    "replicator",
    "same_orbits",
    "separatrix",
    "share_of_gains",
    "surely_weakens",
    "transfer_needed",
    "twin",
]

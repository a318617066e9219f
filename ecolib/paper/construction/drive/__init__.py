"""Driving mechanism (动力机制): what keeps an open innovation ecosystem going, section 2.3 of the paper.

An **innovation gene** (创新基因) is a way of innovating that firms hand on: copied when a firm is founded, recombined
when firms merge, split off when a part goes its own way. The **pool** of a region is the shares of all genes in it;
the **mutation load** is what miscopying costs in mean copying rate; the **genetic distance** (遗传距离) of two regions
is how far their pools are apart. The **direct network effect** (直接网络效应) is what a newcomer or a link does to
those who are there already. The **indirect network effect** (间接网络效应) is that of several layers of links: their
**synergy** (协同) is what firm, industry and region links gain together beyond the sum of what each gains alone.
"""

from ecolib.paper.construction.drive.combinations import Combinations, association
from ecolib.paper.construction.drive.distances import fixation_index, minimum_distance
from ecolib.paper.construction.drive.effects import Partners
from ecolib.paper.construction.drive.growth import GROWTH, core_centrality, core_rises, grown
from ecolib.paper.construction.drive.hubs import Hub
from ecolib.paper.construction.drive.layers import Layers
from ecolib.paper.construction.drive.mirrors import exchange_needed, residual_distance
from ecolib.paper.construction.drive.multilayer import firms_of, three_layers
from ecolib.paper.construction.drive.pairs import TwoGenes
from ecolib.paper.construction.drive.pools import GenePool
from ecolib.paper.construction.drive.regions import TwoRegions

__all__ = [
    "GROWTH",
    "Combinations",
    "GenePool",
    "Hub",
    "Layers",
    "Partners",
    "TwoGenes",
    "TwoRegions",
    "association",
    "core_centrality",
    "core_rises",
    "exchange_needed",
    "firms_of",
    "fixation_index",
    "grown",
    "minimum_distance",
    "residual_distance",
    "three_layers",
]

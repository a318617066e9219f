"""Networks: the symbiosis equations for many units and few links, in memory that grows with both.

Make a :class:`Network` from arrays, from scipy's sparse arrays or from a graph of networkx; follow it in time with
:func:`simulate_network`; ask where it stands still (:func:`coexistence`), whether it stays there (:func:`stability`),
and whether it can grow without bound (:func:`help_radius`).
"""

from ecolib.networks.graphs import graph_of, network_of
from ecolib.networks.network import Network
from ecolib.networks.paths import simulate_network
from ecolib.networks.spectra import NetworkStability, help_radius, stability
from ecolib.networks.states import Coexistence, coexistence

__all__ = [
    "Coexistence",
    "Network",
    "NetworkStability",
    "coexistence",
    "graph_of",
    "help_radius",
    "network_of",
    "simulate_network",
    "stability",
]

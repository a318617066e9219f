"""The mathematics of symbiosis: Lotka-Volterra equilibria, modes, regimes and proofs.

What needs libraries of its own, or not everybody needs, is imported by path: ``ecolib.figures``, ``ecolib.proofs``,
``ecolib.continuation``, ``ecolib.extensions``, ``ecolib.communities``, ``ecolib.networks``, ``ecolib.paper``.
"""

from ecolib.equilibria import Equilibrium, equilibria
from ecolib.model import Symbiosis
from ecolib.modes import READINGS, Mode, Stage
from ecolib.regimes import REGIMES, Regime, Transition, mode, mode_map, regime, regime_map, transitions
from ecolib.schedule import Schedule
from ecolib.simulation import Path, Paths, simulate, simulate_many
from ecolib.stability import Stability, eigenvalues, stable
from ecolib.system import System
from ecolib.values import Values

__all__ = [
    "READINGS",
    "REGIMES",
    "Equilibrium",
    "Mode",
    "Path",
    "Paths",
    "Regime",
    "Schedule",
    "Stability",
    "Stage",
    "Symbiosis",
    "System",
    "Transition",
    "Values",
    "eigenvalues",
    "equilibria",
    "mode",
    "mode_map",
    "regime",
    "regime_map",
    "simulate",
    "simulate_many",
    "stable",
    "transitions",
]

__version__ = "0.1.0"

"""Section 3.2 of the paper: how innovation modes evolve.

The closure (from heterogeneity to coefficients), its thresholds and stages, and the path theorem.
"""

from ecolib.paper.evolution.closure import Closure
from ecolib.paper.evolution.shares import shared_alpha
from ecolib.paper.evolution.thresholds import StageTimes, Thresholds, heterogeneity, stage_times

__all__ = ["Closure", "StageTimes", "Thresholds", "heterogeneity", "shared_alpha", "stage_times"]

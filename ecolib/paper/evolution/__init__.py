"""Section 3.2 of the paper: how innovation modes evolve.

The closure (from heterogeneity to coefficients), its thresholds and stages, and the path theorem; the feedback, in
which units become alike by working together: its equilibria, folds and cusps, what changing transfer and noise do to
it; and networks along which units align.
"""

from ecolib.paper.evolution.closure import Closure
from ecolib.paper.evolution.feedback.cusps import Cusp, cusp
from ecolib.paper.evolution.feedback.model import Feedback
from ecolib.paper.evolution.feedback.noise import NoisyPaths, noisy_paths, step_error
from ecolib.paper.evolution.feedback.passage import barrier, mean_passage
from ecolib.paper.evolution.feedback.pushes import Push, least_push
from ecolib.paper.evolution.feedback.ramps import Outcome, Sweep, outcome, sweep
from ecolib.paper.evolution.feedback.states import SteadyState, steady_states
from ecolib.paper.evolution.feedback.tipping import Hysteresis, hysteresis
from ecolib.paper.evolution.feedback.turning import Fold, fold_count, folds
from ecolib.paper.evolution.feedback.waiting import Escapes, escapes
from ecolib.paper.evolution.shares import shared_alpha
from ecolib.paper.evolution.thresholds import StageTimes, Thresholds, heterogeneity, stage_times

__all__ = [
    "Closure",
    "Cusp",
    "Escapes",
    "Feedback",
    "Fold",
    "Hysteresis",
    "NoisyPaths",
    "Outcome",
    "Push",
    "StageTimes",
    "SteadyState",
    "Sweep",
    "Thresholds",
    "barrier",
    "cusp",
    "escapes",
    "fold_count",
    "folds",
    "heterogeneity",
    "hysteresis",
    "least_push",
    "mean_passage",
    "noisy_paths",
    "outcome",
    "shared_alpha",
    "stage_times",
    "steady_states",
    "step_error",
    "sweep",
]

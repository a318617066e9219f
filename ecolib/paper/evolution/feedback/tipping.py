r"""Tipping and hysteresis: two critical intensities of transfer, and what lies between them.

Where the reduced curve has two folds, the branch of **unlike** units (much heterogeneity) ends when transfer rises past
:math:`\tau_{up} = \eta / (\lambda F_{min})`, and the branch of **alike** units ends when it falls past
:math:`\tau_{down} = \eta / (\lambda F_{max}) < \tau_{up}`. Between the two, both are stable and history decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ecolib.doors import check_kind
from ecolib.modes import Stage
from ecolib.paper.evolution.feedback.model import Feedback
from ecolib.paper.evolution.feedback.states import SteadyState, steady_states
from ecolib.paper.evolution.feedback.turning import Fold, folds

__all__ = ["Hysteresis", "hysteresis"]


@dataclass(frozen=True, eq=False)
class Hysteresis:
    """The loop that transfer runs through when it is raised and lowered slowly.

    Main attributes:
        up : the fold at which the branch of unlike units ends, as transfer rises
        down : the fold at which the branch of alike units ends, as transfer falls; None where these run away, so that
            there is no way back
        risen : where the feedback comes to rest after tipping up; None when outputs run away
        fallen : where it comes to rest after tipping down; None without a way back
    """

    up: Fold
    down: Fold | None
    risen: SteadyState | None
    fallen: SteadyState | None
    feedback: Feedback = field(repr=False)

    @property
    def tau_up(self) -> float:
        """The critical intensity for rising transfer."""
        return self.up.tau

    @property
    def tau_down(self) -> float:
        """The critical intensity for falling transfer; 0 without a way back."""
        return 0.0 if self.down is None else self.down.tau

    def stage_before(self, fold: Fold) -> Stage:
        """The stage on the branch that ends in a fold, at its end.

        Raises:
            TypeError: when an argument is of another kind.
        """
        check_kind("fold", fold, Fold)
        found: Stage = self.feedback.closure.stage(phi=float(self.feedback.curve.phi(fold.V)))
        return found


def hysteresis(feedback: Feedback) -> Hysteresis | None:
    """The hysteresis loop; None when succession is smooth.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when nobody enters (``eta = 0``), so that any transfer makes units alike in the end.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> loop = hysteresis(Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1))
        >>> round(loop.tau_down, 3), round(loop.tau_up, 3)
        (0.551, 1.104)
        >>> round(loop.up.V, 3), round(loop.risen.V, 3), round(loop.down.V, 3), round(loop.fallen.V, 3)
        (0.977, 0.012, 0.075, 3.944)
        >>> hysteresis(Feedback(Closure(s=1.2, c=0.5, omega=1), eta=0.1, learning=0.1)) is None
        True
    """
    check_kind("feedback", feedback, Feedback)
    if feedback.eta == 0:
        raise ValueError("without inflow (eta = 0) any transfer makes units alike in the end: nothing tips")
    found = folds(feedback)
    if not found:
        return None
    up = max((fold for fold in found if fold.least), key=lambda fold: fold.V)
    down = next((fold for fold in found if not fold.least), None)
    beyond = steady_states(feedback, tau=up.tau)
    below = () if down is None else steady_states(feedback, tau=down.tau)
    risen = next((state for state in beyond if down is not None and state.V < down.V), None)
    fallen = next((state for state in below if state.V > up.V), None)
    return Hysteresis(up, down, risen, fallen, feedback)

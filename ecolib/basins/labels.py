"""A label for every start: the equilibrium it ends at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecolib.basins.known import Known, known_states
from ecolib.doors import real
from ecolib.integration import ESCAPE
from ecolib.model import Symbiosis
from ecolib.numeric import Array
from ecolib.simulation import simulate_many
from ecolib.values import Values

__all__ = ["NOT_RUN", "OUTSIDE", "Basins", "basins", "labelled"]

OUTSIDE = ("undecided", "unbounded")
"""Labels beside the known states, in the order in which they come after them."""

NOT_RUN = -1
"""The label of a start whose path was not run to its end, after an interruption."""

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Basins:
    """Where each start leads.

    Main attributes:
        labels : positions in ``names``, shape of the batch of starts; -1 where an interruption came first
        names : the known states, then "undecided" and "unbounded"
        states : outputs at the known states, shape ``(states, units)``

    Other attributes:
        x0 : the starts, shape ``(..., units)``
    """

    labels: Labels
    names: tuple[str, ...]
    states: Array
    x0: Array

    @property
    def counts(self) -> dict[str, int]:
        """How many starts have each label, those not run left out."""
        found = np.bincount(self.labels[self.labels >= 0].ravel(), minlength=len(self.names))
        return dict(zip(self.names, found.tolist(), strict=True))


def basins(
    model: Symbiosis,
    values: Values,
    x0: npt.ArrayLike,
    *,
    known: npt.ArrayLike | None = None,
    duration: float | None = None,
    rtol: float = 1e-8,
    escape: float = ESCAPE,
    settle: float = 1e-6,
    engine: str | None = None,
    progress: bool | None = None,
) -> Basins:
    """Label starts by the known equilibrium at which their paths end.

    A path counts for an equilibrium when it has settled near it *and* the equilibrium attracts the paths of the units
    that were present at the start (a unit absent at the start stays absent, and cannot invade). A path that settles
    elsewhere, as one that starts exactly on an edge does, or that does not settle in time is "undecided".

    Args:
        model: a symbiosis of any number of units.
        values: one set of numbers for it.
        x0: starts, outputs of shape ``(..., units)``, not negative; zero means absent for good.
        known: outputs at the states that are known, shape ``(states, units)``; all feasible equilibria by default,
            which asks for a linear model.
        duration: how long a path may take, in units of time; by default long beside all rates at the known states.
        rtol: relative tolerance per step.
        escape: a path is "unbounded" when an output exceeds this multiple of its carrying capacity (or of its start).
        settle: a path has settled when the growth per head of each unit is below this fraction of its rate, or it is
            gone, below this saturation and falling; at most 1e-3.
        engine: what follows the paths, as of :func:`~ecolib.simulation.simulate_many`.
        progress: whether to show a progress bar; by default in a terminal. Ctrl-C keeps the labels that are known.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when the values are a batch or do not fit, the model is not linear and no states are given, starts
            are negative, not finite or of another shape, or an option is out of range.

    Example:
        >>> rivals = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
        >>> found = basins(Symbiosis.of(units=2), rivals, [[0.5, 0.4], [0.1, 0.3], [0.2, 0.0], [0.3, 0.3]])
        >>> [found.names[label] for label in found.labels]
        ['unit 1', 'unit 2', 'unit 1', 'undecided']

    References: Menck2013.
    """
    states = known_states(model, values, known)
    settle = real("settle", settle, above=0, most=1e-3)
    span = states.duration() if duration is None else real("duration", duration, above=0)
    paths = simulate_many(
        model,
        values,
        x0=x0,
        t=(0.0, span),
        rtol=rtol,
        escape=escape,
        settle=settle,
        engine=engine,
        progress=progress,
    )
    starts = np.asarray(x0, dtype=np.float64)
    labels = labelled(states, starts, paths.x[..., -1], paths.ended)
    return Basins(labels, (*states.names, *OUTSIDE), states.u * values.K, starts)


def labelled(states: Known, starts: Array, ends: Array, ended: npt.NDArray[np.str_]) -> Labels:
    """Labels of paths that started and ended there, shape of ``ended``."""
    undecided, unbounded = len(states.names), len(states.names) + 1
    closest = states.nearest(ends / states.values.K)
    present = (starts > 0).reshape(-1, starts.shape[-1])
    faces, which = np.unique(present, axis=0, return_inverse=True)
    attracts = np.array([states.attracts(face) for face in faces], dtype=bool).reshape(len(faces), len(states.names))
    attracts = np.column_stack([attracts, np.zeros(len(faces), dtype=bool)])  # the last column is for no state
    arrived = np.isin(ended, ("settled", "excluded")) & attracts[which.reshape(closest.shape), closest]
    labels = np.where(arrived, closest, undecided)
    labels[ended == "escaped"] = unbounded
    labels[np.isin(ended, ("not run", "interrupted"))] = NOT_RUN
    return np.asarray(labels, dtype=np.int64)

"""Measured speeds side by side, and predicted costs against measured ones."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from ecolib.doors import check_mapping, check_word, real, words
from ecolib.figures.theme import INK, QUIET, current, unit_style
from ecolib.values import real_array

__all__ = ["agreement_diagram", "speed_diagram"]


def speed_diagram(ax: Axes | None, speeds: Mapping[str, float], *, label: str) -> Axes:
    """Draw one dot per tool on a logarithmic axis, the fastest on top, its number beside it.

    Args:
        ax: where to draw; None for the current axes.
        speeds: a positive number for each name.
        label: of the axis: what is measured, and in which unit.

    Raises:
        TypeError: when something is of the wrong kind.
        ValueError: when there is no tool, or a number is not positive and finite.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> ax = speed_diagram(plt.figure().subplots(), {"slow": 1.0, "fast": 100.0}, label="speed, times slow")
        >>> [text.get_text() for text in ax.get_yticklabels()]
        ['slow', 'fast']
        >>> plt.close()
    """
    check_mapping("speeds", speeds)
    named = dict(speeds)
    check_word("label", label)
    numbers = [real(f"speeds {name!r:.80}", speed, above=0) for name, speed in named.items()]
    if not words("the names of speeds", named.keys()):
        raise ValueError("speeds must hold at least one tool")
    order = np.argsort(numbers, kind="stable")
    values = np.array(numbers)[order]
    axes, places = current(ax), np.arange(len(values))
    axes.hlines(places, values.min() / 2, values, color=QUIET, linewidth=1.2)
    axes.plot(values, places, "o", color=unit_style(0)["color"])
    for place, value in enumerate(values):
        axes.annotate(
            f"{float(f'{value:.3g}'):,g}", (value, place), (8, 0), textcoords="offset points", va="center", color=INK
        )
    axes.set_xscale("log")
    axes.set(xlim=(values.min() / 2, values.max() * 4), xlabel=label, ylim=(-0.6, len(values) - 0.4))
    axes.set_yticks(places, [list(named)[k] for k in order])
    axes.tick_params(axis="y", length=0)
    return axes


def agreement_diagram(
    ax: Axes | None, groups: Mapping[str, tuple[npt.ArrayLike, npt.ArrayLike]], *, unit: str, within: float = 1.5
) -> Axes:
    """Draw predicted against measured numbers, with the line on which they agree and a band around it.

    Args:
        ax: where to draw; None for the current axes.
        groups: measured and predicted numbers, positive and of one shape, for each name.
        unit: of both axes.
        within: the band reaches from a ``within``-th to ``within`` times what is measured; above 1.

    Raises:
        TypeError: when something is of the wrong kind.
        ValueError: when there is no number, one is not positive and finite, or shapes differ.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> ax = agreement_diagram(plt.figure().subplots(), {"fitted": ([1, 10], [1.2, 9])}, unit="seconds")
        >>> ax.get_xlabel(), ax.get_ylabel()
        ('measured, seconds', 'predicted, seconds')
        >>> plt.close()
    """
    check_mapping("groups", groups)
    band = real("within", within, above=1)
    check_word("unit", unit)
    pairs = {name: _pair(name, pair) for name, pair in dict(groups).items()}
    words("the names of groups", pairs.keys())
    whole = np.concatenate([np.ravel(side) for pair in pairs.values() for side in pair] or [np.empty(0)])
    if not whole.size:
        raise ValueError("groups must hold at least one number")
    ends = np.array([whole.min() / 2, whole.max() * 2])
    axes = current(ax)
    axes.fill_between(ends, ends / band, ends * band, color=QUIET, alpha=0.2, linewidth=0)
    axes.plot(ends, ends, color=QUIET, linewidth=1.2)
    for i, (name, (measured, predicted)) in enumerate(pairs.items()):
        axes.plot(measured.ravel(), predicted.ravel(), **unit_style(i) | {"linestyle": ""}, label=name)
    axes.set(xscale="log", yscale="log", xlim=ends, ylim=ends)
    axes.set(xlabel=f"measured, {unit}", ylabel=f"predicted, {unit}")
    axes.legend()
    return axes


def _pair(name: object, given: tuple[npt.ArrayLike, npt.ArrayLike]) -> tuple[npt.NDArray[np.float64], ...]:
    """Measured and predicted numbers of a group."""
    measured, predicted = (real_array(f"group {name!r:.80}", side) for side in _both(given))
    if measured.shape != predicted.shape:
        raise ValueError(f"group {name!r:.80} has {measured.shape} measured and {predicted.shape} predicted numbers")
    if not (np.isfinite(measured) & np.isfinite(predicted) & (measured > 0) & (predicted > 0)).all():
        raise ValueError(f"group {name!r:.80} must hold positive finite numbers")
    return measured, predicted


def _both(given: object) -> tuple[npt.ArrayLike, npt.ArrayLike]:
    """A pair, or a refusal."""
    if not isinstance(given, tuple) or len(given) != 2:
        raise TypeError(f"a group must be a pair of measured and predicted numbers, got {given!r:.80}")
    return given

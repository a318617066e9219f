r"""Waiting times without simulation: where outputs settle fast and only heterogeneity is noisy.

Then :math:`y = \ln V` alone moves, :math:`\mathrm{d} y = b(y)\, \mathrm{d} t + \sigma\, \mathrm{d} W` with
:math:`b(y) = \eta e^{-y} - \lambda \tau J(e^y)`, and the mean time from a start to a level below it is known exactly:

.. math:: T = \frac{2}{\sigma^2} \int_{level}^{start} e^{\Psi(y)}
          \int_y^{\infty} e^{-\Psi(z)}\, \mathrm{d} z\, \mathrm{d} y, \qquad \Psi' = -\frac{2 b}{\sigma^2}

(for a level above the start the inner integral runs from :math:`-\infty` to :math:`y`). The **barrier** is how far
:math:`\sigma^2 \Psi / 2` rises from the stable state to the saddle; for weak noise :math:`T` grows as the exponential
of :math:`2 / \sigma^2` times it.
"""

from __future__ import annotations

import numpy as np

from ecolib.doors import check_kind, real
from ecolib.numeric import Array
from ecolib.paper.evolution.feedback.model import Feedback
from ecolib.paper.evolution.feedback.waiting import Start, ends_of

__all__ = ["barrier", "mean_passage"]

POINTS = 20_001
"""Points of the grid in ``ln V`` on each side of the start."""

TAIL = 50.0
"""On the far side of the start the grid ends where the stationary density has fallen below exp(-50) of its value."""

FARTHEST = 600.0
"""Logarithms of heterogeneity beyond are not numbers any more."""


def mean_passage(feedback: Feedback, *, tau: float, sigma: float, start: Start) -> float:
    """Mean waiting time for ``escapes`` in the limit of fast outputs, with noise on heterogeneity only.

    Args:
        feedback: the model; only ``eta``, ``learning`` and its reduced curve matter.
        tau: intensity of transfer, at which there must be two stable states.
        sigma: strength of the noise on ``ln V``, from 1e-6 to 1e6, per square root of time.
        start: "unlike" or "alike".

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when there are not two stable states, or a number is out of range.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> [round(mean_passage(strong, tau=1, sigma=s, start="unlike")) for s in (0.05, 0.1)]
        [52995, 793]
    """
    check_kind("feedback", feedback, Feedback)
    real("sigma", sigma, above=0)
    real("sigma", sigma, least=1e-6, most=1e6)
    before, saddle, after = ends_of(feedback, tau, start)
    sign = -1.0 if start == "unlike" else 1.0  # turned so that the level lies above the start
    first, level = sign * np.log(before.V), sign * np.log(np.sqrt(saddle.V * after.V))
    last = _far_end(feedback, tau, sigma, sign, first)
    y = np.concatenate([np.linspace(last, first, POINTS), np.linspace(first, level, POINTS)[1:]])
    psi = _cumulated(-2 / sigma**2 * _speed(feedback, tau, sign, y), y)
    inner = _cumulated(np.exp(psi.min() - psi), y)
    outer = _cumulated(np.exp(psi - psi.max()) * inner, y)
    with np.errstate(over="ignore"):  # a wait too long for numbers is infinite
        return float(2 / sigma**2 * np.exp(psi.max() - psi.min()) * (outer[-1] - outer[POINTS - 1]))


def barrier(feedback: Feedback, *, tau: float, start: Start) -> float:
    """How far the potential of ``ln V`` rises from a stable state to the saddle, per unit of time.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: as :func:`mean_passage`.

    Example:
        >>> from ecolib.paper.evolution import Closure
        >>> strong = Feedback(Closure(s=1.8, c=0.5, omega=1), eta=0.1, learning=0.1)
        >>> [round(barrier(strong, tau=tau, start="unlike"), 4) for tau in (0.7, 0.9, 1.1)]
        [0.0822, 0.0218, 0.0001]
    """
    check_kind("feedback", feedback, Feedback)
    before, saddle, _ = ends_of(feedback, tau, start)
    sign = -1.0 if start == "unlike" else 1.0
    y = np.linspace(sign * np.log(before.V), sign * np.log(saddle.V), POINTS)
    return float(-_cumulated(_speed(feedback, tau, sign, y), y)[-1])


def _speed(feedback: Feedback, tau: float, sign: float, y: Array) -> Array:
    """Drift of ``sign ln V`` at its values, when outputs have settled."""
    V = np.exp(sign * y)
    return np.asarray(sign * (feedback.eta / V - feedback.learning * tau * feedback.curve.joint(V)))


def _far_end(feedback: Feedback, tau: float, sigma: float, sign: float, first: float) -> float:
    """Below the start, where the stationary density has all but vanished."""
    width = 1.0
    while width < FARTHEST:
        y = np.linspace(first - width, first, POINTS)
        fall = -2 / sigma**2 * _cumulated(_speed(feedback, tau, sign, y), y)
        if fall[0] - fall[-1] > TAIL:
            return float(y[0])
        width *= 1.5
    raise ValueError(f"sigma = {sigma} is so strong that heterogeneity has no stationary distribution in numbers")


def _cumulated(values: Array, y: Array) -> Array:
    from scipy.integrate import cumulative_simpson

    return np.asarray(cumulative_simpson(values, x=y, initial=0.0))

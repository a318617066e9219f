r"""What many paths cost: time and memory as sums of known terms with weights that are measured.

A **setting** is a number of units :math:`n`, of points :math:`N`, and a tolerance ``rtol``. Steps of a Taylor method
have a length that hardly depends on the tolerance; its order :math:`p` does, and grows with the digits that are asked
for. Within a step the exponential of each unit takes :math:`p^2 / 2` products, and the effects between units
:math:`n^2 p`. So

.. math:: \text{seconds} \approx w_0 + w_1 N + w_2 N n p^2 + w_3 N n^2 p, \qquad
          \text{bytes} \approx v_0 + v_1 \, 8 N n + v_2 \, 8 N n^2 .

The duration of paths is in the weights: steps grow as a path comes to rest, so that time grows less than in proportion.
The weights belong to a machine; with weights of one's own machine the sums say what a long computation will take.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ecolib.ensembles.taylor import EXTRA, FINEST
from ecolib.numeric import Array
from ecolib.values import real_array

__all__ = ["fitted_weights", "memory_terms", "taylor_order", "time_terms"]


def taylor_order(rtol: npt.ArrayLike) -> npt.NDArray[np.int64]:
    r"""Order at which the Taylor engine works for a tolerance, :math:`\lceil 1 - \tfrac12 \ln \varepsilon \rceil`.

    With this order, steps of :math:`e^{-2}` of the radius of convergence leave an error of about :math:`\varepsilon`:
    a hundredth of the tolerance asked for, but not less than a float can tell.

    Args:
        rtol: tolerances, any shape, positive and below 1.

    Raises:
        TypeError, ValueError: when one is no such number.

    Example:
        >>> taylor_order([1e-6, 1e-12])
        array([11, 18])
    """
    asked = _positive("rtol", rtol)
    _refuse("rtol must be below 1", asked, asked >= 1)
    return np.ceil(1 - np.log(np.maximum(asked * EXTRA, FINEST)) / 2).astype(np.int64)


def time_terms(*, units: npt.ArrayLike, points: npt.ArrayLike, rtol: npt.ArrayLike) -> Array:
    """Terms of the time that paths take, in the order of the weights of the module.

    Args:
        units: number of units of each setting, positive.
        points: number of points, positive.
        rtol: tolerance, positive and below 1. All are broadcast against each other.

    Returns:
        Array of shape ``(..., 4)``.

    Raises:
        TypeError, ValueError: when a number is none of its kind, or shapes do not fit.

    Example:
        >>> time_terms(units=2, points=1000, rtol=1e-12)
        array([1.00e+00, 1.00e+03, 6.48e+05, 7.20e+04])
    """
    n, N, p = _whole("units", units), _whole("points", points), taylor_order(rtol).astype(float)
    return _stacked(1.0, N, N * n * p**2, N * n**2 * p)


def memory_terms(*, units: npt.ArrayLike, points: npt.ArrayLike) -> Array:
    """Terms of the memory that paths take whose last states alone are kept, in bytes but for the first.

    Args:
        units: number of units of each setting, positive.
        points: number of points, positive; broadcast against the units.

    Returns:
        Array of shape ``(..., 3)``.

    Raises:
        TypeError, ValueError: when a number is none of its kind, or shapes do not fit.

    Example:
        >>> memory_terms(units=[2, 3], points=100).tolist()
        [[1.0, 1600.0, 3200.0], [1.0, 2400.0, 7200.0]]
    """
    n, N = _whole("units", units), _whole("points", points)
    return _stacked(1.0, 8 * N * n, 8 * N * n**2)


def fitted_weights(terms: npt.ArrayLike, measured: npt.ArrayLike) -> Array:
    """Weights, none negative, whose sums come closest to what was measured, as a part of it.

    Args:
        terms: of each setting, shape ``(settings, terms)``, from :func:`time_terms` or :func:`memory_terms`.
        measured: what each setting took, positive, shape ``(settings,)``.

    Returns:
        Array of shape ``(terms,)``; ``terms @ weights`` is what settings take.

    Raises:
        TypeError, ValueError: when a number is NaN, infinite or, if measured, not positive; when there are fewer
            settings than terms, or shapes do not fit.

    Example:
        >>> terms = memory_terms(units=[2, 3, 5, 5], points=[100, 1000, 1000, 20])
        >>> fitted_weights(terms, terms @ [4000.0, 2.0, 0.5]).round(6)
        array([4.e+03, 2.e+00, 5.e-01])
    """
    from scipy.optimize import nnls

    rows, took = real_array("terms", terms), _positive("measured", measured)
    _refuse("terms must be finite", rows, ~np.isfinite(rows))
    if rows.ndim != 2 or took.shape != rows.shape[:1] or len(rows) < rows.shape[-1]:
        wanted = "terms must have shape (settings, terms), measured (settings,), and settings be as many as terms"
        raise ValueError(f"{wanted}, got {rows.shape} and {took.shape}")
    scale = np.abs(rows).max(axis=0)
    if not scale.all():
        raise ValueError("terms must not be zero in all settings")
    weights: Array = nnls(rows / scale / took[:, None], np.ones(len(took)))[0] / scale
    return weights


def _positive(name: str, given: npt.ArrayLike) -> Array:
    """Finite positive numbers."""
    numbers = real_array(name, given)
    _refuse(f"{name} must be positive and finite", numbers, ~((numbers > 0) & np.isfinite(numbers)))
    return numbers


def _whole(name: str, given: npt.ArrayLike) -> Array:
    """Whole positive numbers, as floats: products of them are large."""
    numbers = _positive(name, given)
    _refuse(f"{name} must be whole numbers", numbers, numbers % 1 != 0)
    return numbers


def _refuse(rule: str, numbers: Array, wrong: npt.NDArray[np.bool_]) -> None:
    """Raise when a number is wrong, and show it."""
    if wrong.any():
        raise ValueError(f"{rule}, got {numbers[wrong].flat[0]}")


def _stacked(*terms: npt.ArrayLike) -> Array:
    """Terms side by side in a last axis."""
    return np.stack(np.broadcast_arrays(*terms), axis=-1)

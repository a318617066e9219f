r"""Two regions that select with equal strength in opposite directions: how far exchange brings them together.

With :math:`z = 2 (m + \nu) / \sigma` and as much miscopying one way as the other, the distance at rest is
:math:`\sqrt{1 + z^2} - z`: it falls from 1, and like :math:`1 / (2 z)` far out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array, compiled
from ecolib.paper.construction.drive import letters
from ecolib.paper.construction.drive.inputs import fitting, fraction, rates

__all__ = ["exchange_needed", "residual_distance"]

_residual = compiled(letters.residual_distance, letters.sigma, letters.m, letters.nu)
_needed = compiled(letters.exchange_needed, letters.sigma, letters.level, letters.nu)


def residual_distance(*, sigma: npt.ArrayLike, m: npt.ArrayLike, nu: npt.ArrayLike = 0.0) -> Array:
    """Distance at rest where the regions select equally strongly in opposite directions and ``beta = nu``.

    With ``z = 2 (m + nu) / sigma`` it is ``sqrt(1 + z**2) - z``: it falls from 1, and like ``1 / (2 z)`` far out.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: unless ``sigma > 0``, ``m >= 0`` and ``nu >= 0``.

    Example:
        >>> residual_distance(sigma=1.0, m=(0.0, 0.375)).tolist()
        [1.0, 0.5]
    """
    given = {"sigma": _positive(sigma), "m": rates("m", m, least=0.0), "nu": rates("nu", nu, least=0.0)}
    fitting(given)
    return _residual(*given.values())


def exchange_needed(*, sigma: npt.ArrayLike, level: npt.ArrayLike, nu: npt.ArrayLike = 0.0) -> Array:
    """Exchange from which :func:`residual_distance` is at most ``level``, per unit of time; 0 when it always is.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: unless ``sigma > 0``, ``0 < level < 1`` and ``nu >= 0``.

    Example:
        >>> exchange_needed(sigma=1.0, level=0.5).tolist()
        0.375
    """
    given = {"sigma": _positive(sigma), "level": fraction("level", level), "nu": rates("nu", nu, least=0.0)}
    fitting(given)
    return np.asarray(np.maximum(_needed(*given.values()), 0.0))


def _positive(sigma: npt.ArrayLike) -> Array:
    array = rates("sigma", sigma, least=0.0)
    if np.any(array == 0):
        raise ValueError("sigma must be positive, got 0.0")
    return array

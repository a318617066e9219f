r"""How far apart the genes of two regions are: the measures of population genetics.

With shares :math:`x_i` in one region and :math:`y_i` in the other, **Nei's minimum distance** is
:math:`\tfrac12 \sum_i (x_i - y_i)^2`, which is :math:`(p - q)^2` for two genes. The **relative genetic distance**
(相对遗传距离) is measured by :math:`F_{ST}`, the part of all diversity that lies between the regions:

.. math:: F_{ST} = \frac{H_T - H_S}{H_T}, \qquad H_T = 1 - \sum_i \bar p_i^2, \quad
          H_S = 1 - \tfrac12 \sum_i (x_i^2 + y_i^2), \quad \bar p_i = \tfrac12 (x_i + y_i)

For two genes :math:`F_{ST} = \tfrac14 (p - q)^2 / (\bar p (1 - \bar p))`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array
from ecolib.paper.construction.drive.inputs import fitting, shares

__all__ = ["fixation_index", "minimum_distance"]


def minimum_distance(x: npt.ArrayLike, y: npt.ArrayLike) -> Array:
    """Nei's minimum genetic distance of two regions, shape ``(...)``, between 0 and 1.

    Args:
        x: shares of the genes in one region, shape ``(..., genes)``.
        y: shares of the same genes in the other, shape ``(..., genes)``.

    Raises:
        TypeError: when an entry is not a real number.
        ValueError: for shares that are negative or do not add up to 1, or shapes that do not fit.

    Example:
        >>> float(minimum_distance((1, 0), (0, 1))), round(float(minimum_distance((0.75, 0.25), (0.25, 0.75))), 9)
        (1.0, 0.25)
    """
    first, second = _two(x, y)
    return np.asarray(((first - second) ** 2).sum(axis=-1) / 2)


def fixation_index(x: npt.ArrayLike, y: npt.ArrayLike) -> Array:
    """Relative genetic distance F_ST of two regions of equal weight, shape ``(...)``, between 0 and 1.

    Arguments and errors are those of :func:`minimum_distance`; where only one gene is left in both, it is 0.

    Example:
        >>> float(fixation_index((1, 0), (0, 1))), round(float(fixation_index((0.75, 0.25), (0.25, 0.75))), 9)
        (1.0, 0.25)
    """
    first, second = _two(x, y)
    whole = 1 - (((first + second) / 2) ** 2).sum(axis=-1)
    between = ((first - second) ** 2).sum(axis=-1) / 4
    return np.asarray(np.where(between > 0, between / np.where(whole > 0, whole, 1.0), 0.0))


def _two(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Array, Array]:
    first, second = shares("x", x), shares("y", y)
    if first.shape[-1] != second.shape[-1]:
        raise ValueError(f"x and y must have shares of the same genes, got {first.shape[-1]} and {second.shape[-1]}")
    fitting({"x": first, "y": second})
    return first, second

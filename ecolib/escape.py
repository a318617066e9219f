r"""Growth without bound, decided by linear algebra.

For large outputs the equations tend to :math:`\dot u = r u\,(A - I)u`. Their **escaping rays** :math:`v` solve
:math:`r_i\,((A - I)_{SS}\,v)_i = 1` with :math:`v_S > 0`: along them all present units grow in proportion and reach
infinity in finite time. A ray **attracts** when the other directions contract relative to it: then an open set of
starts outgrows every bound.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ecolib.doors import check_kind
from ecolib.equilibria import Equilibrium
from ecolib.fit import check_fit
from ecolib.numeric import compiled, solved
from ecolib.stability import ZERO
from ecolib.values import Values

__all__ = ["escapes"]


def escapes(point: Equilibrium, values: Values) -> npt.NDArray[np.bool_]:
    """Whether an escaping ray with the support of an equilibrium attracts, shape of the batch.

    Raises:
        TypeError: when an argument is of another kind.
        ValueError: when no unit is present, or model and values do not fit.

    Example:
        >>> from ecolib.equilibria import equilibria
        >>> from ecolib.model import Symbiosis
        >>> *_, both = equilibria(Symbiosis.of(units=2))
        >>> escapes(both, Values(r=(1, 1), K=(1, 1), alpha=[[[0, a], [a, 0]] for a in (-2, 0.5, 1, 2)])).tolist()
        [False, False, True, True]
    """
    check_kind("point", point, Equilibrium)
    check_fit(point.model, values)
    if not point.support:
        raise ValueError("nothing escapes where no unit is present")
    present, absent = list(point.support), list(point.absent)
    interaction = compiled(point.model.interaction, point.model.alpha)(values.alpha)
    block = interaction[..., present, :][..., :, present]
    ray = solved(block, 1.0 / values.r[..., present])
    # At a singular block the ray is its null vector. Along it outputs grow or shrink exponentially, at the rate
    # sum(p) / sum(p / r) with the left null vector p, because p turns the quadratic terms into zero.
    regular = np.all(np.isfinite(ray), axis=-1)
    left, _, right = np.linalg.svd(block)
    p, null = left[..., :, -1], right[..., -1, :]
    grows = regular | (p.sum(axis=-1) * (p / values.r[..., present]).sum(axis=-1) > 0)
    ray = np.where(regular[..., None], ray, null * np.sign(null.sum(axis=-1, keepdims=True)))
    outside = values.r * np.einsum("...kj,...j->...k", interaction[..., :, present], ray)
    spectrum = np.sort(np.linalg.eigvals((values.r[..., present] * ray)[..., None] * block).real, axis=-1)
    inward = np.all(spectrum[..., :-1] < 0, axis=-1)  # the last eigenvalue belongs to the ray itself
    slower = outside[..., absent] < np.where(regular, 1.0, ZERO)[..., None]  # an absent unit falls behind
    attracts: npt.NDArray[np.bool_] = grows & np.all(ray > 0, axis=-1) & inward & np.all(slower, axis=-1)
    return attracts

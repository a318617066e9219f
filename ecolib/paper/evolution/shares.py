"""Any division of the surplus: what the units' coefficients are when shares are agreed and not grown into."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.fit import common_shape
from ecolib.numeric import compiled
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.ranges import checked
from ecolib.values import real_array

__all__ = ["shared_alpha"]


def shared_alpha(shares: npt.ArrayLike, *, s: Any, c: Any, phi: Any) -> npt.NDArray[np.float64]:
    """Coefficients when the units divide the surplus by given shares, with all flows open, shape ``(..., n, n)``.

    Args:
        shares: share of each unit, shape ``(..., n)``, not negative, adding up to 1.
        s: synergy, positive. Numbers or arrays that broadcast against the leading axes, as are ``c`` and ``phi``.
        c: friction, ``0 <= c < 1``.
        phi: compatibility, ``0 < phi <= 1``.

    Raises:
        ValueError: when shares are negative, do not add up to 1, or a number is out of range.

    Example:
        >>> shared_alpha((0.75, 0.25), s=1.0, c=0.5, phi=0.5).tolist()
        [[0.0, 0.125], [-0.125, 0.0]]
    """
    parts = real_array("shares", shares)
    if parts.ndim < 1 or parts.shape[-1] < 2:
        raise ValueError(f"shares must have shape (..., n) with n >= 2, got {parts.shape}")
    if not (np.all(parts >= 0) and np.allclose(parts.sum(axis=-1), 1.0, rtol=0, atol=1e-9)):
        raise ValueError(f"shares must not be negative and add up to 1, got {parts.tolist()}")
    formula = letters.coefficient.subs(letters.openness, 1)
    function = compiled(formula, letters.share, letters.s, letters.c, letters.phi)
    given = [np.asarray(checked(name, value))[..., None] for name, value in (("s", s), ("c", c), ("phi", phi))]
    common_shape(shares=parts[..., 0], s=given[0][..., 0], c=given[1][..., 0], phi=given[2][..., 0])
    rows = function(parts, *given)
    return np.where(np.eye(parts.shape[-1], dtype=bool), 0.0, rows[..., :, None])

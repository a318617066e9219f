"""Closed forms of coexistence: along a branch, and of two units that are alike."""

from __future__ import annotations

import sympy as sp

from ecolib.doors import expression
from ecolib.extensions.pair import Expr2, Pair

__all__ = ["alike", "branch"]


def branch(pair: Pair, u: sp.Symbol) -> Expr2:
    r"""Coexistence as a curve over unit 2's saturation: that of unit 1, and the coefficient ``alpha_21`` that it takes.

    .. math:: u_1 = e_1 + \frac{a u}{1 + h_{12} u}, \qquad b = \frac{(u - e_2)(1 + h_{21} u_1)}{u_1}

    A bifurcation diagram over ``alpha_21`` is this curve, drawn; it passes every fold. What the pair itself has for
    ``alpha_21`` does not enter. Points with a negative saturation are none of the model.

    Raises:
        TypeError: when ``pair`` is not a :class:`Pair`, or ``u`` no sympy expression.

    Example:
        >>> u, a, h = sp.symbols("u a h")
        >>> newcomer = Pair((1, -1), (a, 0), (h, h))
        >>> branch(newcomer, u)[1].diff(u).subs(u, 0).expand()  # how it leaves the invasion at h + 1
        -a + h + 1
    """
    if not isinstance(pair, Pair):
        raise TypeError(f"pair must be an ecolib.extensions.Pair, got {type(pair).__name__}")
    u = expression("u", u)
    first = pair.e[0] + pair.alpha[0] * u / (1 + pair.h[0] * u)
    return first, (u - pair.e[1]) * (1 + pair.h[1] * first) / first


def alike(e: sp.Expr, a: sp.Expr, h: sp.Expr) -> Expr2:
    r"""Saturations of two units with equal letters where they rest at equal outputs; the larger one first.

    .. math:: u = \frac{a + e h - 1 \pm \sqrt{(a + e h - 1)^2 + 4 e h}}{2h}

    Two facultative units (:math:`e = 1`) have one such coexistence, stable for :math:`a > -1 - h` and a saddle between
    two winners for smaller :math:`a`; the second root is negative. Two obligate units (:math:`e = -1`) have both for
    :math:`a > (1 + \sqrt h)^2`, the first stable and the second the threshold, and none for smaller :math:`a`.

    Raises:
        TypeError: when an argument is no finite sympy expression or number.
        ValueError: when ``h`` is zero (help is linear then, and ``u = e / (1 - a)``) or negative.

    Example:
        >>> alike(sp.Integer(-1), sp.Integer(3), sp.Rational(1, 2))
        (2, 1)
    """
    e, a, h = (expression(name, letter) for name, letter in (("e", e), ("a", a), ("h", h)))
    if h.is_zero:
        raise ValueError("h must not be zero: linear help leads to u = e / (1 - a)")
    if h.is_negative:
        raise ValueError(f"h must be above zero, got {h}")
    middle = a + e * h - 1
    root = sp.sqrt(middle**2 + 4 * e * h)
    return (middle + root) / (2 * h), (middle - root) / (2 * h)

r"""Weak synergy makes succession smooth: the proof in steps that solvers decide.

Two units, exponential compatibility, :math:`0 < s \le 4/5` and :math:`0 \le c \le 1/2`. With :math:`x = 1 + a`,
:math:`y = 1 + b` and :math:`D = 1 - ab`, joint activity is :math:`J = x y / D^2`; with :math:`W = V e^{-V}` and a prime
for the derivative by compatibility

.. math:: F' = \frac{J}{x y D} \Bigl( x y D - W \bigl( a' y D + b' x D + 2 (ab)' x y \bigr) \Bigr).

1. :math:`x` and :math:`y` are at least :math:`(1 + \phi)/2` (``losses_bounded``), and :math:`a' + b' \le s + 2c`
   (``slopes_bounded``).
2. :math:`-2 \ln \phi \le 1/\phi - \phi`, by calculus, so that :math:`2 W \le 1 - \phi^2`.
3. So the bracket is positive if :math:`E = D - (1 - \phi)(s + 2c) D + (1 - \phi^2) D'` is (``assembly``).
4. :math:`E` is positive without synergy and at synergy 4/5, for one-way and for two-way transfer (``smooth_at_ends``).
   In between it is at least a mean of these three (``smooth_between``).
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.evolution import letters
from ecolib.paper.evolution.vocabulary import assume, c, formula, omega, phi, s
from ecolib.proofs import Proposition

__all__ = ["SMOOTH"]

_a, _b = formula(letters.leader), formula(letters.follower)
_D = 1 - _a * _b
_E = _D - (1 - phi) * (s + 2 * c) * _D + (1 - phi**2) * _D.diff(phi)
_most = sp.Rational(4, 5)
_weak, _gentle = {"5 s <= 4": 5 * s <= 4}, {"2 c <= 1": 2 * c <= 1}
_none, _one_way, _two_way = (_E.subs({s: synergy, omega: way}) for synergy, way in ((0, 0), (_most, 0), (_most, 1)))
_x, _y, _room, _W, _x_phi, _y_phi, _ab_phi, _sum = sp.symbols("x y D W x_phi y_phi ab_phi sum", real=True)

_PARTS = (
    Proposition(
        name="losses_bounded",
        statement="With little friction 1 + a and 1 + b are at least (1 + phi)/2.",
        hypotheses=assume("s > 0", "omega >= 0", "phi > 0", "phi <= 1") | _gentle,
        claim=sp.And(2 * (1 + _a) >= 1 + phi, 2 * (1 + _b) >= 1 + phi),
    ),
    Proposition(
        name="slopes_bounded",
        statement="The slopes of both coefficients add up to at most s + 2c.",
        hypotheses=assume("s > 0", "omega <= 1", "phi > 0"),
        claim=_a.diff(phi) + _b.diff(phi) <= s + 2 * c,
    ),
    Proposition(
        name="assembly",
        statement="If E is positive, so is the bracket that has the sign of the slope of the reduced curve.",
        hypotheses={
            "2 x >= 1 + phi": 2 * _x >= 1 + phi,
            "2 y >= 1 + phi": 2 * _y >= 1 + phi,
            "D > 0": _room > 0,
            "W >= 0": _W >= 0,
            "1 - phi^2 >= 2 W": 1 - phi**2 >= 2 * _W,
            "x_phi >= 0": _x_phi >= 0,
            "y_phi >= 0": _y_phi >= 0,
            "x_phi + y_phi <= sum": _x_phi + _y_phi <= _sum,
            "E > 0": _room - (1 - phi) * _sum * _room - (1 - phi**2) * _ab_phi > 0,
        }
        | assume("phi > 0"),
        claim=_x * _y * _room - _W * (_x_phi * _y * _room + _y_phi * _x * _room + 2 * _ab_phi * _x * _y) > 0,
    ),
    Proposition(
        name="smooth_at_ends",
        statement="E is positive without synergy, and at synergy 4/5 both for one-way and for two-way transfer.",
        hypotheses=assume("c >= 0", "phi > 0", "phi <= 1"),
        claim=sp.And(_none > 0, _one_way > 0, _two_way > 0),
    ),
    Proposition(
        name="smooth_between",
        statement="Elsewhere E is at least a mean of these three.",
        hypotheses=assume("s > 0", "c >= 0", "omega >= 0", "phi > 0", "phi <= 1") | _weak | _gentle,
        claim=_most * _E >= (_most - s) * _none + s * ((1 - omega) * _one_way + omega * _two_way),
    ),
)

SMOOTH: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The steps of the proof, by name."""

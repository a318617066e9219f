r"""Two units in closed form: saturating help, obligate units, any mixture of signs.

Let :math:`a = \alpha_{12}`, :math:`b = \alpha_{21}`, and :math:`e_i = 1` for a facultative, :math:`e_i = -1` for an
obligate unit. Where both units are present,

.. math:: u_1 = e_1 + \frac{a u_2}{1 + h_{12} u_2}, \qquad u_2 = e_2 + \frac{b u_1}{1 + h_{21} u_1} .

Each right-hand side is a Möbius map, so their composition is one, with the matrix

.. math:: P = \begin{pmatrix} a + e_1 h_{12} & e_1 \\ h_{12} & 1 \end{pmatrix}
              \begin{pmatrix} b + e_2 h_{21} & e_2 \\ h_{21} & 1 \end{pmatrix},
          \qquad \operatorname{tr} P = T, \quad \det P = ab .

- A coexistence is an eigenvector :math:`(u_1, 1)` of :math:`P`: there are at most two, unless :math:`P` is a multiple
  of the identity. Then coexistences fill a curve: two facultative units with one handling :math:`h` and
  :math:`a = b = -1 - h`, or two linear units, one of them obligate, with :math:`a = b = 1`.
- Its eigenvalue is the **damping** :math:`\delta = (1 + h_{12} u_2)(1 + h_{21} u_1) \ge 1`, a root of
  :math:`\delta^2 - T \delta + ab`. A little more of one unit comes back from its partner multiplied by the
  **round trip** :math:`ab / \delta^2`; coexistence is stable exactly where that is below 1.
- So the coexistence with the larger damping, the **upper** one, is stable, and the other, the **threshold**, a saddle.
- They merge and vanish at the **fold** :math:`T^2 = 4ab`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import sympy as sp

from ecolib.doors import expression, several
from ecolib.extensions.forms import alone
from ecolib.model import Symbiosis

__all__ = ["Pair"]

Expr2: TypeAlias = tuple[sp.Expr, sp.Expr]


@dataclass(frozen=True)
class Pair:
    """Two units in letters or exact numbers; :meth:`of` reads them off a model.

    Main attributes:
        e : 1 for a facultative and -1 for an obligate unit, shape ``(2,)``
        alpha : coefficients ``(alpha_12, alpha_21)``, dimensionless
        h : handling ``(h_12, h_21)``, dimensionless, not negative

    Raises:
        TypeError: when an entry is no sympy expression or number.
        ValueError: when there are not two of each, or an entry of ``e`` is a number other than 1 and -1.

    Example:
        >>> from ecolib.extensions.forms import handling, obligate, saturating
        >>> linear = Symbiosis.of(units=2)
        >>> Pair.of(obligate(saturating(linear, h=handling(2)), units=(1,))).invasion[1]
        alpha_21/(h_21 + 1) - 1
    """

    e: Expr2
    alpha: Expr2
    h: Expr2

    def __post_init__(self) -> None:
        for name in ("e", "alpha", "h"):
            object.__setattr__(self, name, _two(name, getattr(self, name)))
        if any(e.is_number and e not in (1, -1) for e in self.e):
            raise ValueError(f"e must be 1 (facultative) or -1 (obligate), got {self.e}")

    @classmethod
    def of(cls, model: Symbiosis) -> Pair:
        """The pair that a model of two units describes.

        Raises:
            TypeError: when ``model`` is not a symbiosis.
            ValueError: when it does not have two units, or its growth is not of the form above.
        """
        if not isinstance(model, Symbiosis):
            raise TypeError(f"model must be an ecolib.Symbiosis, got {type(model).__name__}")
        if model.units != 2:
            raise ValueError(f"closed forms are for 2 units, the model has {model.units}")
        e = (alone(model, 0), alone(model, 1))
        alpha = (model.alpha[0, 1], model.alpha[1, 0])
        return cls(e, alpha, (_handling(model, 0, e[0], alpha[0]), _handling(model, 1, e[1], alpha[1])))

    @property
    def matrix(self) -> sp.ImmutableMatrix:
        """The matrix ``P``, whose eigenvectors ``(u_1, 1)`` are the coexistences."""
        return _moebius(self.e[0], self.alpha[0], self.h[0]) * _moebius(self.e[1], self.alpha[1], self.h[1])

    @property
    def turned(self) -> Pair:
        """The same pair with its units in the other order."""
        return Pair(self.e[::-1], self.alpha[::-1], self.h[::-1])

    @property
    def quadratic(self) -> tuple[sp.Expr, sp.Expr, sp.Expr]:
        """Coefficients ``(A, B, C)`` of ``A u_1^2 + B u_1 + C = 0``, which coexistence obeys."""
        P = self.matrix
        return P[1, 0], P[1, 1] - P[0, 0], -P[0, 1]

    @property
    def trace(self) -> sp.Expr:
        """The sum ``T`` of the two dampings; their product is ``alpha_12 alpha_21``."""
        return self.matrix.trace()

    @property
    def discriminant(self) -> sp.Expr:
        """``T^2 - 4 alpha_12 alpha_21``: zero at the fold; where it is negative there is no coexistence."""
        return self.trace**2 - 4 * self.alpha[0] * self.alpha[1]

    @property
    def damping(self) -> Expr2:
        """Damping of the upper coexistence and of the threshold."""
        root = sp.sqrt(self.discriminant)
        return (self.trace + root) / 2, (self.trace - root) / 2

    @property
    def upper(self) -> Expr2:
        """Saturations at the coexistence that is stable wherever it is feasible.

        Raises:
            ValueError: when neither effect saturates, so that ``A`` is zero.
        """
        return self._root(1), self.turned._root(1)

    @property
    def threshold(self) -> Expr2:
        """Saturations at the coexistence that is a saddle wherever it is feasible; errors as for ``upper``."""
        return self._root(-1), self.turned._root(-1)

    def _root(self, sign: int) -> sp.Expr:
        A, B, _ = self.quadratic
        if A == 0:
            raise ValueError("neither effect saturates: coexistence solves a linear equation, see ecolib.equilibria")
        return (-B + sign * sp.sqrt(self.discriminant)) / (2 * A)

    @property
    def invasion(self) -> Expr2:
        """Growth per head of each unit, as a multiple of its rate, when it is rare beside a partner that lives alone.

        Zero is the transcritical bifurcation in which coexistence meets the partner alone. It says nothing where the
        partner is obligate: nobody is there to be invaded.
        """
        effects = zip(self.e, self.alpha, self.h, strict=True)
        first, second = (e + alpha / (1 + h) for e, alpha, h in effects)
        return first, second

    @property
    def fold(self) -> sp.Expr:
        r"""The coefficient of the obligate unit 2 at which its coexistence with unit 1 folds.

        With :math:`a > 0` and :math:`y = a + e_1 h_{12}`, which must be positive,

        .. math:: b = \Bigl( \frac{\sqrt a + \sqrt{(y - e_1)(h_{21} y + h_{12})}}{y} \Bigr)^2 .

        Beside a facultative unit 1 the fold is feasible for :math:`a > 1 + h_{21}` only.

        Raises:
            ValueError: when unit 2 is facultative, or :math:`y` is zero.
        """
        if self.e[1] != -1:
            raise ValueError("the fold is solved for the coefficient of an obligate unit 2; see turned")
        (a, _), (h_12, h_21) = self.alpha, self.h
        y = a + self.e[0] * h_12
        if y.is_zero:
            raise ValueError(f"alpha_12 + e_1 h_12 must be positive for a fold, got {y}")
        return ((sp.sqrt(a) + sp.sqrt((y - self.e[0]) * (h_21 * y + h_12))) / y) ** 2


def _two(name: str, given: Any) -> Expr2:
    entries = several(name, given)
    if len(entries) != 2:
        raise ValueError(f"{name} must hold two entries, got {given!r}")
    return expression(f"{name}[0]", entries[0]), expression(f"{name}[1]", entries[1])


def _moebius(e: sp.Expr, alpha: sp.Expr, h: sp.Expr) -> sp.ImmutableMatrix:
    """Matrix of the map from the partner's saturation to a unit's own where it rests."""
    return sp.ImmutableMatrix([[alpha + e * h, e], [h, 1]])


def _handling(model: Symbiosis, unit: int, e: sp.Expr, alpha: sp.Expr) -> sp.Expr:
    """Handling of the effect on a unit, read off its growth per head."""
    u = sp.symbols("u_1:3", positive=True)
    at = {x: K * level for x, K, level in zip(model.x, model.K, u, strict=True)}
    effect = (model.growth[unit] / model.r[unit]).subs(at) - e + u[unit]
    exact, partner = sp.cancel(_rational(effect)), u[1 - unit]
    h = sp.S.Zero if exact == 0 else sp.cancel((_rational(alpha) * partner / exact - 1) / partner)
    if e not in (1, -1) or h.free_symbols & {*u, *model.r, *model.K} or h.is_finite is False:
        raise ValueError(f"unit {unit} does not grow by a constant, its own output and one effect that may level off")
    return sp.Float(h) if h.is_Rational and effect.has(sp.Float) else h


def _rational(expression: sp.Expr) -> sp.Expr:
    """The expression with floats as the fractions that they are, so that terms cancel."""
    return expression.xreplace({number: sp.Rational(number) for number in expression.atoms(sp.Float)})

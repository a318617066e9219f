r"""What can be said of a random community before its coefficients are drawn.

All formulas are for *many* units (:math:`n \to \infty`) with many links each, and take from a
:class:`~ecolib.communities.Community` only the mean :math:`E`, the variance :math:`v` and the pair correlation
:math:`\rho` of an entry. The letters: :math:`A` is the matrix of coefficients, :math:`u` the saturations where all
units are present, :math:`(I - A) u = 1`.

Three properties are lost in this order as the complexity :math:`\sqrt{nv}` grows (mean 0, eight units or more):

1. **Feasible**: all :math:`u_i > 0`. Lost at :math:`1 / \sqrt{2 \ln n}`; proved for independent normal coefficients.
2. **Dissipative**: the symmetric part of :math:`A - I` is negative definite. Lost at :math:`1 / \sqrt{2 (1 + \rho)}`;
   proved. While it holds, every path ends at one and the same state, whatever the growth rates (a Lyapunov function).
3. **Stable matrix**: all eigenvalues of :math:`A - I` have negative real part. Lost at :math:`1 / (1 + \rho)`, which
   is **May's bound**; proved.

The stability of the equilibrium is decided by another matrix, :math:`\mathrm{diag}(r u) (A - I)`. Where 1 and 2 hold
it is stable for certain. Between 2 and 3 it is not implied by 3 (nor by anything here), though it is observed.

All rest on independent pairs. Where coefficients follow from what units are like (and those that are alike help each
other), stability is lost at far smaller sizes than the variance suggests. A unit alone is stable and feasible.
"""

from __future__ import annotations

from math import exp, floor, inf, log, sqrt
from typing import Literal, get_args

from ecolib.communities.draws import Community, check_community, whole
from ecolib.doors import choice

__all__ = ["Property", "dissipative_margin", "feasible_complexity", "feasible_probability", "outcome_spread"]
__all__ += ["rightmost_eigenvalue", "size_limit"]

Property = Literal["feasible", "dissipative", "stable matrix"]
PROPERTIES: tuple[Property, ...] = get_args(Property)


def rightmost_eigenvalue(community: Community) -> float:
    r"""The largest real part of an eigenvalue of :math:`A - I`, per unit of time when all rates are 1.

    The bulk of the eigenvalues fills an ellipse that ends at :math:`\sqrt{nv} (1 + \rho)`. A positive mean adds one
    eigenvalue of its own: with :math:`\theta = n E > \sqrt{nv}` it lies at :math:`\theta + \rho n v / \theta`. The zero
    diagonal shifts all of them by :math:`-E`, self-limitation by :math:`-1`.

    Assumes: entries of different pairs are independent, with finite fourth moment, and :math:`n C \gg 1`. Finite
    communities scatter about it by the order of :math:`1 / \sqrt n`.

    Example:
        >>> town = Community(units=400, spread=0.1, connectance=0.25)
        >>> rightmost_eigenvalue(town)
        0.0

    References: May1972, AllesinaTang2012, AllesinaTang2015.
    """
    check_community(community)
    return _edge(community, community.entry_variance, community.pair_correlation) - 1.0


def dissipative_margin(community: Community) -> float:
    r"""The largest eigenvalue of the symmetric part of :math:`A - I`; negative means dissipative.

    The symmetric part has entries of variance :math:`v (1 + \rho) / 2`, and its pairs are equal. Assumes what
    :func:`rightmost_eigenvalue` assumes, and is never smaller.

    Example:
        >>> town = Community(units=400, spread=0.1, connectance=0.25)
        >>> round(dissipative_margin(town), 3)
        0.414

    References: HofbauerSigmund1998, Takeuchi1996.
    """
    check_community(community)
    return _edge(community, community.entry_variance * (1 + community.pair_correlation) / 2, 1.0) - 1.0


def _edge(community: Community, variance: float, correlation: float) -> float:
    """Where the eigenvalues of a random matrix with mean entry E and zero diagonal end on the right."""
    if community.units == 1:
        return 0.0
    radius, theta = sqrt(community.units * variance), community.units * community.entry_mean
    if theta > radius:
        return theta + correlation * radius**2 / theta - community.entry_mean
    return radius * (1 + correlation) - community.entry_mean


def outcome_spread(community: Community) -> float:
    r"""Standard deviation of the saturations over their mean, where all units are present: how unequal units fare.

    Each saturation is a sum of many small effects of others, so it is close to normal. A unit that is better off
    acts back on itself through its partners by the factor :math:`G = 1 / (1 - \rho n v G)`, and

    .. math:: \frac{\mathrm{sd}(u)}{\mathrm{mean}(u)} = \sqrt{\frac{n v G^2}{1 - n v G^2}} .

    Infinite from the complexity on at which no such state exists. Assumes :math:`n C \gg 1` and, unless all pairs are
    linked, a mean that is small beside the spread; not proved (the cavity method of physics).

    Example:
        >>> round(outcome_spread(Community(units=100, spread=0.06)), 3)
        0.75

    References: Bunin2017.
    """
    check_community(community)
    if community.units == 1:
        return 0.0
    strength = community.units * community.entry_variance
    feedback = community.pair_correlation * strength
    if feedback > 0.25:
        return inf
    response = 2 / (1 + sqrt(1 - 4 * feedback))
    share = strength * response**2
    return sqrt(share / (1 - share)) if share < 1 else inf


def feasible_probability(community: Community) -> float:
    r"""The probability that all saturations are positive, where the community is drawn at random.

    With :math:`q` from :func:`outcome_spread`, :math:`\Phi(1/q)^n`: the saturations as independent normal numbers.
    Assumes what that function assumes, and a mean with :math:`(n - 1) E < 1`; 0 otherwise.

    Example:
        >>> round(feasible_probability(Community(units=100, spread=0.03)), 2)
        0.93

    References: BizeulNajim2021, LiuConstablePitchford2023.
    """
    from scipy.special import log_ndtr

    q = outcome_spread(community)
    if q == inf or (community.units - 1) * community.entry_mean >= 1:
        return 0.0
    return 1.0 if q == 0 else exp(community.units * log_ndtr(1 / q))


def feasible_complexity(units: int) -> float:
    r"""The complexity :math:`1 / \sqrt{2 \ln n}` below which a large random community is feasible.

    As :math:`n \to \infty`, a community whose complexity is smaller by any fixed factor is feasible with probability
    tending to 1, one whose complexity is larger with probability tending to 0. Proved for independent normal
    coefficients with mean 0, all pairs linked, whose complexity tends to 0 as the bound does.

    Raises:
        TypeError: when ``units`` is not an integer.
        ValueError: for fewer than two units.

    Example:
        >>> round(feasible_complexity(400), 3)
        0.289

    References: BizeulNajim2021.
    """
    return 1 / sqrt(2 * log(whole(units, least=2)))


def size_limit(community: Community, keeps: Property) -> float:
    r"""The number of units up to which a community of this kind keeps a property; its own number is not used.

    With mean 0 these are :math:`n \ln n = 1 / 2v` for "feasible", :math:`n = 1 / (2 v (1 + \rho))` for "dissipative"
    and :math:`n = 1 / (v (1 + \rho)^2)` for "stable matrix": all fall as the variance rises. Infinite when no number
    of units is too large. Assumptions are those of the property's bound.

    Raises:
        ValueError: for an unknown property.

    Example:
        >>> town = Community(units=1, spread=0.1, connectance=0.25)
        >>> [int(size_limit(town, keeps=name)) for name in ("feasible", "dissipative", "stable matrix")]
        [50, 200, 400]

    References: May1972, AllesinaTang2012, BizeulNajim2021.
    """
    check_community(community)
    choice("keeps", keeps, PROPERTIES)
    E, v, rho = community.entry_mean, community.entry_variance, community.pair_correlation
    if keeps == "feasible":
        return _floor(min(_feasible_size(v), 1 + 1 / E if E > 0 else inf))
    return _floor(_stable_size(E, v * (1 + rho) / 2, 1.0) if keeps == "dissipative" else _stable_size(E, v, rho))


def _stable_size(E: float, v: float, rho: float) -> float:
    """Where :func:`rightmost_eigenvalue` is zero: by the bulk of the eigenvalues, or by the one that a mean adds."""
    if E <= -1:
        return 0.0
    bulk = inf if v == 0 or rho == -1 else ((1 + E) / (1 + rho)) ** 2 / v
    return bulk if E <= 0 or bulk * E**2 <= v else (1 + E - rho * v / E) / E


def _feasible_size(v: float) -> float:
    """Where ``n ln(n) = 1 / 2v``, by the Lambert function."""
    from scipy.special import lambertw

    room = inf if v == 0 else 0.5 / v
    return inf if room == inf else float(room / lambertw(room).real)


def _floor(size: float) -> float:
    """The whole number below, with a grain of tolerance for rounding; at least 1, since one unit alone is safe."""
    return size if size == inf else float(max(1, floor(size * (1 + 1e-12))))

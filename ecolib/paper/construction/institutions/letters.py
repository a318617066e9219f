r"""Relations, standards and the loss of lead firms, in letters. All formulas of section 2.2 are typed here.

**Relations.** Of all pairs of a unit of A and a unit of B the share :math:`z` is linked. Firms that move inject ties,
ties generate further ties among the partners of those they link, and ties are lost:

.. math:: \dot z = (\iota + \gamma z)(1 - z) - \chi z

**Standards.** Of two standards each region uses one to some extent, is drawn to what its majority uses, and copies the
other region:

.. math:: \dot p = \theta p (1 - p)(2 p - 1) + v (q - p), \qquad \dot q = \theta q (1 - q)(2 q - 1) + v (p - q)

**J-curve.** Lead firms leave region B; knowledge flows back with a lag :math:`1 / \delta`:

.. math:: \dot y = \rho y (1 - y - m + \sigma k), \qquad \dot k = \delta (m - k), \qquad y(0) = 1,\ k(0) = 0

Letters, one line each (the table of chapter 3 is tested against these lines):

- ``w``: weight of a link, rate at which two linked units adjust to each other, per unit of time, ``w > 0``
- ``z``: share of the pairs across the regions that are linked, dimensionless, ``0 <= z <= 1``
- ``iota``: injection, rate at which firms that move link a pair, per unit of time, ``iota >= 0``
- ``gamma``: generation, rate at which ties of others link a pair, per unit of time, ``gamma >= 0``
- ``chi``: rate at which a tie across the regions is lost, per unit of time, ``chi >= 0``
- ``p``: share of the first of two standards in region A, dimensionless, ``0 <= p <= 1``
- ``q``: share of the first of two standards in region B, dimensionless, ``0 <= q <= 1``
- ``theta``: pull of the majority of one's own region, per unit of time, ``theta >= 0``
- ``v``: rate at which a region copies the standards of the other, per unit of time, ``v >= 0``
- ``N``: number of units of a region, dimensionless, ``N >= 2``
- ``M``: number of links within a region, dimensionless, ``M >= 0``
- ``e``: number of links of a unit that comes or leaves, dimensionless, ``e >= 0``
- ``y``: strength of the network of B, relative to what it was, dimensionless, ``y >= 0``
- ``k``: knowledge that flows back to B, relative to its source, dimensionless, ``k >= 0``
- ``m``: departure, what lead firms that leave take from the growth of B's network, dimensionless, ``0 < m < 1``
- ``sigma``: spillover, what the departed give back for each unit that they took, dimensionless, ``sigma >= 0``
- ``delta``: rate at which knowledge flows back, per unit of time, ``delta > 0``
- ``rho``: growth rate of B's network, per unit of time, ``rho > 0``
- ``ramp``: time over which the lead firms leave, in units of time, ``ramp >= 0``
"""

from __future__ import annotations

import sympy as sp

from ecolib.system import System

w, z, iota, gamma, chi, p, q, theta, v = sp.symbols("w z iota gamma chi p q theta v", real=True)
N, M, e, y, k, m, sigma, delta, rho, ramp = sp.symbols("N M e y k m sigma delta rho ramp", real=True)
t, ties, z_0 = sp.symbols("t ties z_0", real=True)

matched_root = 4 * w * ties / (N + 2 * w + sp.sqrt((N + 2 * w) ** 2 - 8 * w * ties))
"""Algebraic connectivity of two complete regions of N units with disjoint cross ties of weight w, written stably."""

RELATIONS = System(x=(z,), field=((iota + gamma * z) * (1 - z) - chi * z,))
"""Ties across regions: injected, generated, lost."""

half = gamma - iota - chi
width = sp.sqrt(half**2 + 4 * gamma * iota)
"""Rate at which the share of linked pairs settles."""

turned, grown, kept = sp.symbols("turned grown kept", real=True)
linked_share = (z_0 * grown + 2 * iota * turned) / (kept + 2 * gamma * z_0 * turned)
"""Share of linked pairs at time t, from a share z_0, where ``turned = tanh(width t / 2) / width`` and, with ``half``
for ``gamma - iota - chi``, ``grown = 1 + half turned`` and ``kept = 1 - half turned``."""

_pull = theta * p * (1 - p) * (2 * p - 1)
STANDARDS = System(x=(p, q), field=(_pull + v * (q - p), _pull.subs(p, q) + v * (p - q)))
"""Two standards in two regions."""

lock_in_limit = theta / 6
"""Exchange from which two regions cannot stay with different standards."""

lock_in_distance = sp.sqrt(1 - 4 * v / theta)
"""Distance p - q at which they stay apart below that limit."""

J_CURVE = System(x=(y, k), field=(rho * y * (1 - y - m + sigma * k), delta * (m - k)))
"""Strength of B's network and the knowledge that flows back."""

long_run = 1 + m * (sigma - 1)
"""Strength of B's network in the end."""

break_even = sp.log(sigma / (sigma - 1)) / delta
"""Time at which what flows back makes up for what left at once; for sigma > 1."""

_gone = 1 - sp.exp(-delta * t)
_since = t - _gone / delta
sudden = (1 - m + sigma * m * _gone, t - m * t + sigma * m * _since)
"""What B's network could carry at time t after a sudden departure, and the integral of that from 0 to t."""

_early = m / ramp * ((sigma - 1) * t - sigma * _gone / delta)
_early_sum = m / ramp * ((sigma - 1) * t**2 / 2 - sigma * _since / delta)
_left = t - ramp
_lag = (1 - sp.exp(-delta * ramp)) / (ramp * delta)
_at_ramp = _early_sum.subs(t, ramp)
during = (1 + _early, t + _early_sum)
"""The same while lead firms leave one after the other, up to the time ``ramp``."""

after = (
    long_run - sigma * m * _lag * sp.exp(-delta * _left),
    ramp + _at_ramp + long_run * _left - sigma * m * _lag * (1 - sp.exp(-delta * _left)) / delta,
)
"""The same once all have left."""

trough = (1 - (sigma - 1) * sp.log(sigma / (sigma - 1))) / delta
"""Time integral of what B's network lacks until it breaks even, per departure; for sigma > 1."""

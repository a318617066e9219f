r"""From the paper's words to coefficients, in letters. Every formula of section 3.2 is typed here and nowhere else.

One unit leads, the other :math:`n - 1` follow. The units differ in their quality parameters (质参量) and image
parameters (象参量); the weighted variance of these is the **heterogeneity** :math:`V`, and
:math:`\phi = e^{-V}` is the **compatibility** of the units. A compatible relation yields a surplus :math:`s \phi`;
the leader's share of it falls as the units become alike; an incompatible relation inflicts the friction
:math:`c (1 - \phi)` on everybody; the followers' return flow is open to the degree :math:`\omega`.

.. math::

    a_1 = s \phi \Bigl(1 - \frac{n - 1}{n} \phi\Bigr) - c (1 - \phi), \qquad
    a_i = \omega s \frac{\phi^2}{n} - c (1 - \phi) \quad (i > 1)

Letters, one line each (the notation page of the book is tested against these lines):

- ``V``: heterogeneity, weighted variance of quality and image parameters, dimensionless, ``V >= 0``
- ``phi``: compatibility ``exp(-V)``, dimensionless, ``0 < phi <= 1``
- ``s``: synergy, joint surplus of a fully compatible relation, dimensionless, ``s > 0``
- ``c``: friction, loss that an incompatible relation inflicts, dimensionless, ``0 <= c < 1``
- ``omega``: reciprocity, openness of the return flow, dimensionless, ``0 <= omega <= 1``
- ``epsilon``: tolerance for "balanced", dimensionless, ``0 < epsilon < 1``
- ``n``: number of units, one leader and ``n - 1`` followers, ``n >= 2``
- ``V_start``: heterogeneity at time 0, dimensionless, ``V_start > 0``
- ``mu``: rate at which heterogeneity decays, per unit of time, ``mu > 0``
- ``tau``: intensity of two-way transfer, dimensionless, ``tau >= 0``
- ``eta``: inflow of heterogeneity by new entrants and local adaptation, per unit of time, ``eta >= 0``
- ``learning``: rate at which joint activity erodes heterogeneity, per unit of time, ``learning > 0``
"""

from __future__ import annotations

import sympy as sp

s, c, omega, phi, epsilon = sp.symbols("s c omega phi epsilon", real=True)
n = sp.Symbol("n", integer=True, positive=True)
V, V_start, mu = sp.symbols("V V_start mu", positive=True)
tau, eta, learning = sp.symbols("tau eta learning", real=True)

heterogeneity = -sp.log(phi)
"""V as a function of compatibility."""

compatibility = sp.exp(-V)
"""phi as a function of heterogeneity."""

reciprocal_compatibility = 1 / (1 + V)
"""A rival of it, with which differences that are already large matter less."""

share, openness = sp.symbols("share openness", real=True)

coefficient = openness * s * phi * share - c * (1 - phi)
"""Coefficient of a unit that captures a share of the surplus through a flow that is open to some degree."""

leader_share = 1 / n + (1 - phi) * (1 - 1 / n)
"""Share of the surplus that the leader captures: all of it at phi = 0, the equal part 1/n at phi = 1."""

follower_share = phi / n
"""Share of each follower; all shares add up to 1."""

leader = coefficient.subs({openness: 1, share: leader_share})
"""Coefficient a_1: effect of each follower on the leader."""

follower = coefficient.subs({openness: omega, share: follower_share})
"""Coefficient a_i: effect of every other unit on a follower."""

a_1, a_i = sp.symbols("a_1 a_i", real=True)
in_terms_of_phi = {a_1: leader, a_i: follower}
"""What the coefficients stand for; the formulas that follow hold for a leader and equal followers in general."""

room = (1 + a_1) * (1 + a_i) - a_1 * (1 + a_i) - (n - 1) * a_i * (1 + a_1)
"""Positive where the units coexist and outputs stay bounded; at 0 mutual benefit runs away."""

gain_1 = (n - 1) * a_1 * (1 + a_i) / room
"""Gain of the leader at coexistence."""

gain_i = (n - 1) * a_i * (1 + a_1) / room
"""Gain of each follower at coexistence."""

gain_ratio = a_i * (1 + a_1) / (a_1 * (1 + a_i))
"""Gain of a follower over the gain of the leader: how evenly the joint gain is shared."""

balance = a_i * (1 + a_1) - (1 - epsilon) * a_1 * (1 + a_i)
"""A polynomial that is not negative, where the leader gains, exactly when the relation is balanced."""

phi_0 = 2 * c / (s + c + sp.sqrt((s + c) ** 2 - 4 * s * c * (n - 1) / n))
"""Compatibility from which the leader gains: the root of ``leader`` in (0, 1)."""

phi_c = 2 * c / (c + sp.sqrt(c**2 + 4 * omega * s * c / n))
"""Compatibility from which the followers gain: the root of ``follower`` in (0, 1]; 1 without a return flow."""

omega_c = n * c * (1 - phi) / (s * phi**2)
"""Reciprocity from which the followers gain at a given compatibility."""

stage_time = sp.log(V_start / V) / mu
"""When heterogeneity that starts at V_start and decays as exp(-mu t) has fallen to V."""

omega_b = n * (1 - epsilon) / (n + epsilon * s)
"""Least reciprocity with which the relation can ever become balanced (at phi = 1)."""

joint = (2 * (1 + gain_1) * (1 + gain_i) + (n - 2) * (1 + gain_i) ** 2) / n
"""Joint activity at coexistence: the mean, over all pairs of units, of the product of their saturations."""

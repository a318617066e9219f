r"""How firms innovate, in letters. Every formula of section 3.1 is typed here and nowhere else.

A firm innovates in one of three **paradigms**: linear (L), integrated (I) or open (O). What the last two yield depends
on the **reach** :math:`e` of the network, the share of possible links between the regions that are alive. Integration
earns by single links, openness by combinations of :math:`q` links that are alive at the same time:

.. math::

    \pi_L = p_0, \qquad \pi_I = p_0 + \beta_I e - \kappa_I, \qquad \pi_O = p_0 + \beta_O e^q - \kappa_O

A link between two firms that may work together forms at the rate :math:`\tau` and breaks at the rate 1; the unit of
time of a link is its mean life. Barriers **block** a share :math:`h` of all pairs, or **slow** all pairs down.

Letters, one line each (the chapter's table of letters is tested against these lines):

- ``e``: reach, share of possible links between the regions that are alive, dimensionless, ``0 <= e <= 1``
- ``h``: height of administrative barriers, dimensionless, ``0 <= h <= 1``
- ``p_0``: payoff of linear innovation, per unit of time, real
- ``beta_I``: return to integrated innovation at full reach, per unit of time, ``beta_I >= 0``
- ``beta_O``: return to open innovation at full reach, per unit of time, ``beta_O >= 0``
- ``kappa_I``: cost of integrated innovation, per unit of time, ``kappa_I > 0``
- ``kappa_O``: cost of open innovation, above that of integrated innovation, per unit of time, ``kappa_O > 0``
- ``q``: exponent of returns to openness, how many links combine, dimensionless, ``q > 1``
- ``theta``: dependence of returns to openness on other open firms, dimensionless, ``0 <= theta <= 1``
- ``nu``: rate at which firms try a paradigm picked at random, per unit of time, ``nu >= 0``
- ``z``: share of firms that innovate in a paradigm, dimensionless, ``0 <= z <= 1``
- ``y``: share of firms over the share of a reference paradigm, dimensionless, ``y >= 0``
- ``n_0``: number of units of a star before it grows, ``n_0 >= 3``
- ``ell``: number of lateral links, between members of a star, ``ell >= 0``
- ``a``: coefficient of a link with the chain master, dimensionless, ``a > 0``
- ``U``: sum of the saturations of all units, dimensionless, ``U >= 0``
"""

from __future__ import annotations

import sympy as sp

from ecolib.paper.evolution import letters as evolution

e, h, p_0, q, theta, nu = sp.symbols("e h p_0 q theta nu", real=True)
beta_I, beta_O, kappa_I, kappa_O = sp.symbols("beta_I beta_O kappa_I kappa_O", real=True)
n, tau = evolution.n, evolution.tau
n_0 = sp.Symbol("n_0", integer=True, positive=True)
ell, a, U = sp.symbols("ell a U", real=True)

linear = p_0
"""Payoff of linear innovation."""

integrated = p_0 + beta_I * e - kappa_I
"""Payoff of integrated innovation."""

opened = p_0 + beta_O * e**q - kappa_O
"""Payoff of open innovation where all firms are open."""

lone = opened.subs(beta_O, (1 - theta) * beta_O)
"""Payoff of open innovation where no other firm is open."""

e_LI = kappa_I / beta_I
"""Reach from which integrated innovation beats linear innovation."""

e_LO = (kappa_O / beta_O) ** (1 / q)
"""Reach from which open innovation beats linear innovation."""

e_IO = (beta_I + sp.sqrt(beta_I**2 + 4 * beta_O * (kappa_O - kappa_I))) / (2 * beta_O)
"""Reach from which open innovation beats integrated innovation, for q = 2."""

order = kappa_O * beta_I**q - kappa_I**q * beta_O
"""Positive exactly when integrated innovation has its turn before open innovation, if reach rises so far."""

order_in_logs = sp.log(kappa_O) - sp.log(beta_O) + q * (sp.log(beta_I) - sp.log(kappa_I))
"""Of the same sign as the order, where its powers are too large or too small for a computer."""

mean_I = beta_I / 2
"""Return to integrated innovation in the mean over a reach that has risen evenly from 0, per unit of that reach."""

mean_O = beta_O / (q + 1)
"""The same for open innovation, per unit of that reach to the power q."""

lead_I = beta_I * e - kappa_I
"""What integrated innovation earns more than linear innovation."""

lead_O = beta_O * e**q - kappa_O
"""What open innovation earns more than linear innovation, where all firms are open."""

turnover_blocked = tau * (1 - h - e) - e
"""Rate of change of the reach where barriers block a share h of all pairs."""

turnover_slowed = (1 - h) * tau * (1 - e) - e
"""Rate of change of the reach where barriers slow the formation of links down."""

reach_blocked = (1 - h) * tau / (1 + tau)
"""Reach at rest under barriers that block."""

reach_slowed = (1 - h) * tau / (1 + (1 - h) * tau)
"""Reach at rest under barriers that slow."""

transfer_blocked = e / (1 - h - e)
"""Intensity of transfer at which the reach is e under barriers that block, if h < 1 - e."""

transfer_slowed = e / ((1 - h) * (1 - e))
"""Intensity of transfer at which the reach is e under barriers that slow, if e < 1."""

critical_barrier = 1 - e
"""From this barrier on no transfer attains the reach e, if barriers block."""

critical_mass = 1 - (lead_O - sp.Max(lead_I, 0)) / (theta * beta_O * e**q)
"""Share of open firms above which open innovation earns more than the better of the two other paradigms."""

possible_links = (n - 1) * (n - 2) / 2
"""Pairs of members of a star."""

lateral_centralisation = 1 - ell / possible_links
"""Degree centralisation of a star with lateral links."""

master_gain = a * (U - 1) / (1 + a)
"""Gain of a chain master that has links with all members."""

master_share = master_gain / (U - n)
"""Its share of the gains of all units."""

preferential_brokerage = 1 - (n - n_0) / (n_0 * (n - 2))
"""Expected share of the pairs of members that the master stands between, in a tree grown from a star by newcomers
that choose partners in proportion to their links."""

_same_branch = (n_0 - 1) / (n_0 * (n_0 + 1)) + 1 / (n_0 + 1) - 1 / (n + 1)
uniform_brokerage = 1 - (n * (n + 1) * _same_branch - (n - 1)) / ((n - 1) * (n - 2))
"""The same for newcomers that choose any partner with the same probability."""

r"""Links and their rewiring, in letters. Every formula of section 2.1 that is about letters is typed here.

**Links.** A unit of region :math:`X` has on average :math:`k_{XY}` production links to units of region :math:`Y`, and
:math:`z_{XY}` social links, which serve both ways. Both layers together lead on to :math:`k + z` units, and a chain
of links that starts somewhere can go on for ever if and only if the spectral radius exceeds 1:

.. math:: R = \tfrac12 \Bigl(c_{AA} + c_{BB} + \sqrt{(c_{AA} - c_{BB})^2 + 4 c_{AB} c_{BA}}\Bigr), \qquad c = k + z

**Rewiring.** Relocation breaks local links :math:`\ell`; who has lost one is in search :math:`y`; a search ends with
success :math:`q` or with nothing. Of the successes a share :math:`\theta` is at home, the rest leads across. All links,
and the local ones alone, are worth, relative to the beginning,

.. math:: \dot\ell = -b \ell, \qquad \dot y = b \ell - (d + h) y, \qquad \dot q = d y, \qquad
          M = 1 - f + f (\ell + \kappa q), \qquad \Lambda = 1 - f + f (\ell + \theta \kappa q)

Letters, one line each (the table of chapter 2 is tested against these lines):

- ``T``: requirement, resources that a region needs for one unit of a stage, ``T > 0``
- ``L``: resources of a region, ``L > 0``
- ``Q``: complete chains, one unit of every stage each, in units of output, ``Q >= 0``
- ``rho``: relative requirement of a stage, that of region A over that of region B, dimensionless, ``rho > 0``
- ``w``: shadow price, what a unit of a region's resources is worth in complete chains, ``w >= 0``
- ``p``: price of a stage, share of a complete chain that it is worth, dimensionless, ``p >= 0``
- ``k_AA``: mean number of production links from a unit of A to units of A, dimensionless, ``k_AA >= 0``
- ``k_AB``: mean number of production links from a unit of A to units of B, dimensionless, ``k_AB >= 0``
- ``k_BA``: mean number of production links from a unit of B to units of A, dimensionless, ``k_BA >= 0``
- ``k_BB``: mean number of production links from a unit of B to units of B, dimensionless, ``k_BB >= 0``
- ``z_AA``: mean number of social links of a unit of A within A, dimensionless, ``z_AA >= 0``
- ``z_AB``: mean number of social links of a unit with units of the other region, dimensionless, ``z_AB >= 0``
- ``z_BB``: mean number of social links of a unit of B within B, dimensionless, ``z_BB >= 0``
- ``R``: mean number of links by which a chain of links goes on, dimensionless, ``R >= 0``
- ``ell``: local links that are left, as a fraction of those exposed, dimensionless, ``0 <= ell <= 1``
- ``y``: relations in search, as a fraction of the exposed links, dimensionless, ``0 <= y <= 1``
- ``q``: searches that have succeeded, as a fraction of the exposed links, dimensionless, ``0 <= q <= 1``
- ``b``: rate at which relocation breaks an exposed link, per unit of time, ``b > 0``
- ``d``: rate at which a search succeeds, per unit of time, ``d > 0``
- ``h``: rate at which a search is given up, per unit of time, ``h >= 0``
- ``kappa``: worth of the links that a success brings, in local links, dimensionless, ``kappa > 0``
- ``f``: extent of transfer, fraction of local links that are exposed, dimensionless, ``0 < f <= 1``
- ``theta``: share of the successes that are at home, with units of the same region, dimensionless, ``0 <= theta <= 1``
- ``M``: network measure, worth of all links over that at the beginning, dimensionless, ``M >= 0``
- ``Lambda``: local network measure, worth of local links over that at the beginning, dimensionless, ``Lambda >= 0``
- ``Y``: yield, worth of what in the end replaces a broken link, in local links, dimensionless, ``Y > 0``
"""

from __future__ import annotations

import sympy as sp

from ecolib.system import System

c_AA, c_AB, c_BA, c_BB = sp.symbols("c_AA c_AB c_BA c_BB", nonnegative=True)

continuation = (c_AA + c_BB + sp.sqrt((c_AA - c_BB) ** 2 + 4 * c_AB * c_BA)) / 2
"""R, the spectral radius of the mean numbers of links of both layers."""

ell, y, q, t = sp.symbols("ell y q t", nonnegative=True)
b, d, kappa, f = sp.symbols("b d kappa f", positive=True)
h, theta = sp.symbols("h theta", nonnegative=True)
g, slower = sp.symbols("g slower", positive=True)

REWIRING = System(x=(ell, y, q), field=(-b * ell, b * ell - (d + h) * y, d * y))
"""Local links, relations in search and successes over time."""

lag = (1 - sp.exp(-sp.Abs(d + h - b) * t)) / (sp.Abs(d + h - b) * t)
"""What the letter ``g`` stands for; 1 where both rates are equal. ``slower`` is the smaller of b and d + h."""

local_links = sp.exp(-b * t)
"""Local links over time, when all are there at time 0."""

in_search = b * t * g * sp.exp(-slower * t)
"""Relations in search over time, when there are none at time 0; written so that nothing cancels."""

successes = d * (1 - ell - y) / (d + h)
"""Searches that have succeeded: of those that have ended, the fraction d / (d + h)."""

measure = 1 - f + f * (ell + kappa * q)
"""The network measure M."""

local_measure = 1 - f + f * (ell + theta * kappa * q)
"""The local network measure Lambda: that of a network in which a success brings theta kappa."""

total_yield = kappa * d / (d + h)
"""Y, what in the end replaces a broken link."""

dip_place = (d + h - b) / (kappa * d)
"""z, on which the time of the dip depends; below 1 if and only if there is a dip."""

dip_time = -sp.log(1 - dip_place) / (kappa * d * dip_place)
"""When the measure is least, unless z = 0; then it is 1 / (kappa d)."""

dip_depth = f * (1 - total_yield + (total_yield - 1 + b / (d + h)) * ell)
"""How far the measure falls; ``ell`` are the local links left at that time."""

r"""Innovation genes, exchange of people and hubs, in letters. All formulas of section 2.3 are typed here and only here.

An **innovation gene** (创新基因) is a way of innovating that a firm hands on. Its **share** :math:`p_i` in a region
changes because genes are copied at different rates and because some copies turn into other genes:

.. math:: \dot p_i = p_i \Bigl(f_i - \sum_j f_j p_j\Bigr) + \sum_{j \ne i} (\nu_{ij} p_j - \nu_{ji} p_i)

This is the **replicator-mutator equation**. With two genes, a good one with share :math:`p` and another one, and with
people who move between region A and region B,

.. math:: \dot p = \sigma_A p (1 - p) - \nu p + \beta (1 - p) + m (q - p), \qquad
          \dot q = \sigma_B q (1 - q) - \nu q + \beta (1 - q) + m (p - q)

Letters, one line each (the table of chapter 4 is tested against these lines):

- ``p``: share of a gene, in region A where there are two regions, dimensionless, ``0 <= p <= 1``
- ``q``: share of the same gene in region B, dimensionless, ``0 <= q <= 1``
- ``f``: copying rate of a gene, per unit of time, real
- ``sigma``: advantage of the good gene, its copying rate less that of the other, per unit of time, ``sigma >= 0``
- ``sigma_A``: advantage of the gene in region A, per unit of time, real
- ``sigma_B``: advantage of the gene in region B, per unit of time, real
- ``nu``: rate at which the good gene is lost by miscopying, per unit of time, ``nu >= 0``
- ``beta``: rate at which miscopying restores the good gene, per unit of time, ``beta >= 0``
- ``m``: exchange, fraction of a region's people replaced by people from the other, per unit of time, ``m >= 0``
- ``level``: share that the good gene must exceed to count as surviving, dimensionless, ``0 < level < 1``
- ``chi``: recombination, rate at which a firm takes one of its genes from another firm, per unit of time, ``chi >= 0``
- ``a_h``: coefficient of a hub, effect of each spoke on it, dimensionless, positive helps
- ``a_s``: coefficient of a spoke, effect of the hub on it, dimensionless, positive helps
- ``k``: number of spokes of a hub, dimensionless, ``k >= 0``
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from ecolib.system import System

p, q, sigma, sigma_A, sigma_B, nu, beta = sp.symbols("p q sigma sigma_A sigma_B nu beta", real=True)
m, level, chi, a_h, a_s, k = sp.symbols("m level chi a_h a_s k", real=True)

change = sigma * p * (1 - p) - nu * p + beta * (1 - p)
"""Rate of change of the share of the good gene in one region."""

REGION = System(x=(p,), field=(change,))
"""One region, two genes."""

REGIONS = System(
    x=(p, q),
    field=(
        change.subs(sigma, sigma_A) + m * (q - p),
        change.subs({sigma: sigma_B, p: q}, simultaneous=True) + m * (p - q),
    ),
)
"""Two regions that exchange people, two genes."""

excess = sp.Symbol("excess", real=True)
"""Stands for sigma - nu - beta, subtracted in this order: so no digit is lost where sigma and nu are close."""

_root = sp.sqrt(excess**2 + 4 * sigma * beta)

other_share = 2 * nu / (sigma + nu + beta + _root)
"""Where the share of the other gene ends in one region, for sigma >= 0; nothing cancels."""

rest_share = (excess + _root) / (2 * sigma)
"""Where the share of the good gene ends in one region; nothing cancels while the excess is not negative."""

rest_share_of_rare = 2 * beta / (_root - excess)
"""The same number, written so that nothing cancels while the excess is negative."""

mutation_limit = (1 - level) * (sigma + beta / level)
"""The rate nu below which the good gene holds more than the level at rest."""

residual_distance = sigma / (2 * (m + nu) + sp.sqrt(4 * (m + nu) ** 2 + sigma**2))
"""Distance p - q at rest where the regions select with equal strength in opposite directions and nu = beta."""

exchange_needed = sigma * (1 - level**2) / (4 * level) - nu
"""Exchange from which that distance is at most the level."""

room = 1 - k * a_h * a_s
"""What is left until a hub with k equal spokes and its spokes raise each other without bound: there it is 0."""

hub = (1 + k * a_h) / room
"""Saturation of a hub with k equal spokes."""

spoke = (1 + a_s) / room
"""Saturation of each spoke."""


@lru_cache(maxsize=32)
def genes(number: int) -> tuple[System, tuple[sp.Symbol, ...], sp.ImmutableMatrix]:
    """The equations of several genes, their copying rates, and the matrix of their rates of miscopying.

    Example:
        >>> system, f, rates = genes(2)
        >>> system.x, f, rates[0, 1]
        ((p_1, p_2), (f_1, f_2), nu_12)
    """
    shares = sp.symbols(f"p_1:{number + 1}", real=True)
    f = sp.symbols(f"f_1:{number + 1}", real=True)
    mark = "" if number < 10 else "_"
    rates = sp.ImmutableMatrix(
        number, number, lambda i, j: 0 if i == j else sp.Symbol(f"nu_{i + 1}{mark}{j + 1}", real=True)
    )
    mean = sum(rate * share for rate, share in zip(f, shares, strict=True))
    every = range(number)
    field = tuple(
        shares[i] * (f[i] - mean) + sum(rates[i, j] * shares[j] - rates[j, i] * shares[i] for j in every) for i in every
    )
    return System(x=shares, field=field), f, rates


PAIRS = ("AB", "Ab", "aB", "ab")
"""Two genes that each come in a good (capital) and an ordinary form make four kinds of firm."""


def combinations() -> tuple[System, tuple[sp.Symbol, ...], sp.Expr]:
    """The equations of four combinations of two genes that recombine, their copying rates, and the association.

    The **association** (linkage disequilibrium) is ``p_AB p_ab - p_Ab p_aB``: 0 where the one gene says nothing of
    the other.

    Example:
        >>> system, f, association = combinations()
        >>> association
        p_AB*p_ab - p_Ab*p_aB
    """
    shares = sp.symbols([f"p_{pair}" for pair in PAIRS], real=True)
    f = sp.symbols([f"f_{pair}" for pair in PAIRS], real=True)
    association = shares[0] * shares[3] - shares[1] * shares[2]
    mean = sum(rate * share for rate, share in zip(f, shares, strict=True))
    field = tuple(
        share * (rate - mean) + sign * chi * association
        for share, rate, sign in zip(shares, f, (-1, 1, 1, -1), strict=True)
    )
    return System(x=tuple(shares), field=field), tuple(f), association

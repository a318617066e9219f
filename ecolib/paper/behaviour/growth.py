r"""Networks that grow out of a star: by lateral links between members, or by newcomers.

- **Lateral growth** adds links between members of a star of :math:`n` units, in random order, until all are linked.
- **Attachment** adds newcomers; each links with one unit that is there, chosen with a probability proportional to
  the number of its links to some **power**: 0 is no preference, 1 is **preferential attachment**.

For attachment there are exact expectations. From a star of :math:`n_0` units, the master's links grow like
:math:`\sqrt n` at power 1, like :math:`\ln n` at power 0, so its degree falls behind; but the pairs it stands between
stay a share above :math:`1 - 1/n_0` at power 1, because branches of a tree grow in proportion and never join.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from ecolib.numeric import compiled
from ecolib.paper.behaviour import letters
from ecolib.paper.behaviour.ranges import counted, single
from ecolib.values import generator

__all__ = ["attachment", "expected_brokerage", "expected_links", "lateral_growth", "lock_in_probability"]

LARGEST = 20_000
"""Networks are grown up to so many units."""

MOST = 10_000_000
"""Factors of a product, at most."""

SMALLEST = -700.0
"""Probabilities with a smaller natural logarithm are no floating-point numbers of full precision."""

COUNTABLE = 10**15
"""Units up to so many are told apart by floating-point numbers in every formula."""


def lateral_growth(units: int, *, rng: np.random.Generator, step: int = 1) -> Iterator[Any]:
    """A star and what becomes of it as members link with each other, up to the complete graph; the master is node 0.

    Args:
        units: number of units with the master, at least 3, at most 300.
        rng: source of random numbers, for the order of the links.
        step: how many links are added between one graph and the next.

    Raises:
        TypeError: when ``units`` or ``step`` is not an integer or ``rng`` not a generator.
        ValueError: when a number is out of range.

    Example:
        >>> grown = list(lateral_growth(4, rng=np.random.default_rng(1)))
        >>> [graph.number_of_edges() for graph in grown]
        [3, 4, 5, 6]
    """
    count, each = counted("units", units, least=3, most=300), counted("step", step, least=1)
    generator(rng)
    return _laterally(count, rng, each)


def _laterally(count: int, rng: np.random.Generator, each: int) -> Iterator[Any]:
    import networkx as nx

    pairs = [(i, j) for i in range(1, count) for j in range(i + 1, count)]
    order = rng.permutation(len(pairs))
    graph = nx.star_graph(count - 1)
    yield graph.copy()
    for first in range(0, len(pairs), each):
        graph.add_edges_from(pairs[k] for k in order[first : first + each])
        yield graph.copy()


def attachment(units: int, *, rng: np.random.Generator, start: int = 12, power: float = 1.0) -> Any:
    """A tree grown from a star by newcomers, a ``networkx.Graph``; the master is node 0, newcomers come in order.

    Args:
        units: number of units in the end, from ``start`` to 20 000.
        rng: source of random numbers.
        start: number of units of the star, at least 3.
        power: of the number of links that newcomers weigh partners by, not negative.

    Raises:
        TypeError: when a number is of the wrong kind.
        ValueError: when it is out of range.

    Example:
        >>> attachment(50, rng=np.random.default_rng(1), start=5).number_of_edges()
        49
    """
    import networkx as nx

    begin = counted("start", start, least=3, most=LARGEST)
    count, exponent = counted("units", units, least=begin, most=LARGEST), single("power", power)
    generator(rng)
    graph, degrees = nx.star_graph(begin - 1), np.zeros(count)
    degrees[0], degrees[1:begin] = begin - 1, 1
    for newcomer in range(begin, count):
        chances = np.cumsum((degrees[:newcomer] / degrees[:newcomer].max()) ** exponent)
        partner = int(np.searchsorted(chances, rng.random() * chances[-1], side="right"))
        graph.add_edge(newcomer, partner)
        degrees[[newcomer, partner]] += 1
    return graph


def expected_links(units: int, *, start: int = 12, power: Literal[0, 1] = 1) -> float:
    """Expected number of links of the master after attachment, for power 0 or 1.

    Of ``j`` units with ``2 (j - 1)`` ends of links, the next newcomer takes the master with probability
    ``1 / j`` at power 0, and with its share of the ends at power 1.

    Example:
        >>> expected_links(3, start=3), expected_links(4, start=3)
        (2.0, 2.5)
    """
    begin = counted("start", start, least=3, most=MOST)
    count, _ = counted("units", units, least=begin, most=MOST), _known(power)
    j = np.arange(begin, count, dtype=np.float64)
    if power == 0:
        return float(begin - 1 + (1.0 / j).sum())
    return float((begin - 1) * np.prod(1.0 + 1.0 / (2.0 * (j - 1.0))))


def expected_brokerage(units: int, *, start: int = 12, power: Literal[0, 1] = 1) -> float:
    """Expected brokerage of the master after attachment, for power 0 or 1.

    Example:
        >>> expected_brokerage(12), round(expected_brokerage(10**9), 6)
        (1.0, 0.916667)
    """
    begin = counted("start", start, least=3, most=COUNTABLE)
    count = counted("units", units, least=begin, most=COUNTABLE)
    formula = (letters.uniform_brokerage, letters.preferential_brokerage)[_known(power)]
    return float(compiled(formula, letters.n, letters.n_0)(float(count), float(begin)))


def lock_in_probability(*, start: int = 12, power: float = 3.0, terms: int = 100_000) -> float:
    r"""A probability that *every* newcomer chooses the master, for ever, so that the network stays a star.

    It is the product of :math:`1 / (1 + d^{1 - \text{power}})` over :math:`d \ge` ``start - 1``, positive exactly if
    ``power > 2``. So many factors are multiplied; the integral of the rest bounds it from below.

    Raises:
        ValueError: when ``power`` is not above 2, where the probability is 0, or so close to 2 that it is too small
            for a floating-point number.

    Example:
        >>> round(lock_in_probability(start=12, power=3.0), 3)
        0.909
    """
    begin, exponent = counted("start", start, least=3, most=MOST), single("power", power)
    if not exponent > 2:
        raise ValueError(f"power must be above 2, got {power}: a star is then left with probability 1")
    last = begin - 1 + counted("terms", terms, least=1, most=MOST)
    degrees = np.arange(begin - 1, last, dtype=np.float64)
    rest = (last - 1.0) ** (2.0 - exponent) / (exponent - 2.0)
    logarithm = float(-np.log1p(degrees ** (1.0 - exponent)).sum() - rest)
    if logarithm < SMALLEST:
        raise ValueError(
            f"power must be further above 2, got {power}: the logarithm of the probability is {logarithm:.3g}"
        )
    return float(np.exp(logarithm))


def _known(power: object) -> int:
    if isinstance(power, bool) or not isinstance(power, (int, float)) or power not in (0, 1):
        raise ValueError(f"expectations are known for power 0 and 1, got {power!r}")
    return int(power)

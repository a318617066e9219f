"""What is proved by machine of parameters that diffuse along links, and what is false once a drift pulls units apart.

Along a link of weight ``k`` two units adjust their parameters to each other. The squared distance of all parameters
from their mean then falls at the rate ``2 k (p_1 - p_2)**2``, summed over the links. Proofs are for three units, the
refutation needs four.
"""

from __future__ import annotations

import sympy as sp

from ecolib.proofs import Proposition

__all__ = ["ALIGNMENT", "DENSER_IS_CALMER"]

_p = sp.symbols("p_1:4", real=True)
_k12, _k23, _k13 = sp.symbols("k_12 k_23 k_13", real=True)
_mean = sum(_p) / 3
_distance = sum((p - _mean) ** 2 for p in _p)
_chain = _k12 * (_p[0] - _p[1]) ** 2 + _k23 * (_p[1] - _p[2]) ** 2
_closed = _chain + _k13 * (_p[0] - _p[2]) ** 2

_PARTS = (
    Proposition(
        name="chain_aligns",
        statement="In a chain of three units the variance falls at least as fast as exp(-2t), its bound.",
        hypotheses={"k_12 >= 1": _k12 >= 1, "k_23 >= 1": _k23 >= 1},
        claim=_chain >= _distance,
    ),
    Proposition(
        name="link_helps_now",
        statement="At a given moment a further link never slows the fall of the variance.",
        hypotheses={"k_13 >= 0": _k13 >= 0},
        claim=_closed >= _chain,
    ),
    Proposition(
        name="link_helps_if_unlike",
        statement="It speeds the fall up exactly if the two units that it links differ.",
        hypotheses={"k_13 > 0": _k13 > 0},
        claim=sp.Equivalent(_closed > _chain, sp.Ne(_p[0], _p[2])),
    ),
)

ALIGNMENT: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The propositions of alignment, by name."""

_before, _after, _d = (sp.symbols(f"{letter}_0:4", real=True) for letter in "pqd")
_line = ((2, 0), (0, 3), (3, 1))


def _rests(x: tuple[sp.Symbol, ...], links: tuple[tuple[int, int], ...]) -> list[sp.Eq]:
    """What defines four units at rest under the drift d, their mean at 0."""
    flows = [sp.S.Zero] * 4
    for i, j in links:
        flows[i], flows[j] = flows[i] + x[i] - x[j], flows[j] + x[j] - x[i]
    return [*(sp.Eq(flow, pull) for flow, pull in zip(flows, _d, strict=True)), sp.Eq(sum(x), 0)]


DENSER_IS_CALMER = Proposition(
    name="denser_is_calmer",
    statement="Under a drift a further link never raises the variance at rest.",
    hypotheses=(),
    where=(*_rests(_before, _line), *_rests(_after, (*_line, (2, 3)))),
    claim=sum(x**2 for x in _after) <= sum(x**2 for x in _before),
)
"""A tempting companion that is false: the solvers refute it for four units in a chain and one link more."""

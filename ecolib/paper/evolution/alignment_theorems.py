r"""What is proved of image parameters that diffuse, in few units, and what is false once they are pulled apart.

Three units have links of rates :math:`w_{ij}`. The form :math:`p \cdot L p` is half the rate at which the sum of squares
falls, so the first proposition says that variance falls at least at the rate :math:`2 \cdot 3 w`: as fast as in the
complete graph all of whose links are as weak as the weakest one.
"""

from __future__ import annotations

import sympy as sp

from ecolib.proofs import Proposition

__all__ = ["ALIGNMENT", "DENSER_IS_CALMER"]

_p = sp.symbols("p_1:4", real=True)
_w12, _w13, _w23, _least = sp.symbols("w_12 w_13 w_23 w", real=True)
_form = _w12 * (_p[0] - _p[1]) ** 2 + _w13 * (_p[0] - _p[2]) ** 2 + _w23 * (_p[1] - _p[2]) ** 2

_PARTS = (
    Proposition(
        name="three_units_agree",
        statement="Three units that are linked at rates of at least w agree at least at the rate 3 w.",
        hypotheses={"p_1 + p_2 + p_3 = 0": sp.Eq(sum(_p), 0)}
        | {f"{link} >= w": link >= _least for link in (_w12, _w13, _w23)},
        claim=_form >= 3 * _least * sum(x**2 for x in _p),
    ),
)

ALIGNMENT: dict[str, Proposition] = {part.name: part for part in _PARTS}
"""The propositions of alignment, by name."""

_before, _after, _d = (sp.symbols(f"{letter}_0:4", real=True) for letter in "pqd")
_chain, _closed = ((2, 0), (0, 3), (3, 1)), ((2, 0), (0, 3), (3, 1), (2, 3))


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
    where=(*_rests(_before, _chain), *_rests(_after, _closed)),
    claim=sum(x**2 for x in _after) <= sum(x**2 for x in _before),
)
"""A tempting companion that is false: the solvers refute it for four units in a chain and one link more."""

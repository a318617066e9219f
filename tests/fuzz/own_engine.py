"""Sensible arguments of the engine, by `function:parameter`, where the name alone does not tell them."""

from typing import Any

import sympy as sp
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecolib import Mode
from ecolib.paper.policy import RANGES
from ecolib.results import UNITS
from fuzz.objects import MODELS, OBJECTS, a, b, coefficients, inner, numbers, p, signed, size, x

units = st.integers(1, 3)
ranges = st.sampled_from(({"s": (1.2, 2.1), "c": (0.2, 0.8)}, {"tau": (0.5, 1.5)}, RANGES))
expression = st.sampled_from((a, a + b, sp.Integer(2), sp.Rational(1, 3), 0.5))
two = st.tuples(expression, expression)
members = st.sampled_from(((0,), (1,), (0, 1), ()))
start = numbers(signed, 1)


def product(a: float, b: float) -> float:
    """What a sweep computes."""
    return a * b


ENGINE: dict[str, SearchStrategy[Any]] = {
    **{f"{what}:a": inner for what in ("control", "share_of_gains")},
    **{f"from_{one}_competition:beta": coefficients(2) for one in ("count", "relative")},
    "sweep:function": st.just(product),
    "sweep:grid": st.sampled_from(({"a": (1, 2), "b": (0.5, 1.0)}, {"a": (1.0,), "b": (2.0,)})),
    "sweep:units": st.none() | st.just({"a": "years"}),
    "sweep:outputs": st.none() | st.just({"value": ()}),
    "sweep:seed": st.none(),
    "sweep:on_error": st.sampled_from(("keep", "stop")),
    "sweep:executor": st.none(),
    "sweep:workers": st.none() | st.integers(1, 2),
    "sweep:store": st.none(),
    "sweep:chunk": st.none() | st.integers(1, 3),
    "sweep:retry": st.booleans(),
    "sweep:progress": st.just(value=False),
    "load:store": st.just("nowhere"),
    "Hub:k": st.integers(0, 9) | numbers(st.integers(0, 9), 2),
    **{f"{what}:ranges": ranges for what in ("sensitivity", "widened")},
    "Schedule:times": st.sampled_from(((0, 1, 1, 5), (0, 1, 2, 3))),
    "Schedule:levels": numbers(inner, 4),
    "Schedule.ends:begin": st.sampled_from((0, 1, 2)),
    "Schedule.ends:end": st.sampled_from((1, 5, 9)),
    "Symbiosis.of:units": units | st.none(),
    "Symbiosis.of:alpha": st.none() | st.just(sp.Matrix([[0, a], [b, 0]])),
    "Symbiosis.at:numbers": st.sampled_from(
        ({}, {MODELS[2].alpha[0, 1]: sp.Rational(1, 2)}, {MODELS[2].alpha[1, 0]: a})
    ),
    "System:field": st.sampled_from(((a * x - x**3,), (p - x**2,))),
    "Values:alpha": coefficients(2) | coefficients(2, (3,)),
    "Values:r": numbers(size, 2),
    "Values:K": numbers(size, 2),
    "from_glv:r": numbers(size, 2),
    **{f"from_{one}_competition:{letter}": numbers(size, 2) for one in ("count", "relative") for letter in "rK"},
    "Community:units": st.integers(1, 50),
    "feasible_complexity:units": st.integers(1, 50),
    "Pair:e": st.tuples(*[st.sampled_from((1, -1))] * 2),
    "Pair:alpha": two,
    "Pair:h": two,
    **{f"alike:{letter}": expression for letter in "eah"},
    "branch:u": st.just(x),
    "handling:units": units,
    "obligate:units": members,
    "saturating:h": expression | st.just(sp.Matrix([[0, 1], [1, 0]])),
    "Network:alpha": coefficients(3),
    "Network:r": size,
    "Network:K": size,
    "Network:names": st.just(()) | st.just("abc").map(tuple),
    "Network.growth:u": st.integers(1, 5).flatmap(lambda n: numbers(size, n)),
    "Network.part:units": members,
    "stability:u": st.integers(1, 5).flatmap(lambda n: numbers(size, n)),
    "network_of:r": size,
    "network_of:K": size,
    "simulate_network:x0": size,
    "simulate:x0": numbers(size, 2),
    "simulate:forcing": st.none() | OBJECTS["Schedule"].map(lambda schedule: {MODELS[2].r[0]: schedule}),
    "simulate_many:x0": numbers(size, 2) | numbers(size, 3, 2),
    "simulate_many:settle": st.none() | st.sampled_from((1e-9, 1e-3)),
    "simulate_many:engine": st.none() | st.sampled_from(("scipy", "heyoka")),
    "time_terms:rtol": st.sampled_from((1e-4, 1e-12)),
    "time_terms:units": st.sampled_from((2, [3, 4])),
    "time_terms:points": st.just(100),
    "taylor_order:rtol": st.sampled_from((1e-4, [1e-8, 1e-12])),
    "memory_terms:units": st.sampled_from((2, [3, 4])),
    "memory_terms:points": st.just(100),
    "fitted_weights:terms": numbers(size, 4, 3),
    "fitted_weights:measured": numbers(size, 4),
    "basins:x0": numbers(size, 2) | numbers(size, 3, 2),
    "basins:settle": st.sampled_from((1e-9, 1e-3)),
    "basin_stability:settle": st.sampled_from((1e-9, 1e-3)),
    "basin_stability:count": st.integers(1, 4),
    "basin_stability:box": st.none() | st.sampled_from(((0, 1), ((0, 1), (2, 2)))),
    "basin_stability:draw": st.none() | st.just(lambda rng, count: rng.random((count, 2))),
    **{f"{what}:known": st.none() | st.just(((1.0, 0.0), (0.0, 1.0))) for what in ("basins", "basin_stability")},
    **{f"{what}:engine": st.none() | st.just("scipy") for what in ("basins", "basin_stability")},
    "track_edge:known": st.none(),
    "track_edge:one": numbers(size, 2),
    "track_edge:other": numbers(size, 2),
    "track_edge:narrow": st.sampled_from((1e-8, 1e-6)),
    "track_edge:wide": st.sampled_from((1e-5, 1e-3)),
    "track_edge:steps": st.integers(1, 3),
    "evaluate:x": numbers(size, 2),
    "evaluate:expressions": st.sampled_from((MODELS[2].field, MODELS[2].jacobian, MODELS[2].x[0])),
    "compiled:expressions": st.sampled_from((a, (a + b, a * b), sp.Matrix([[0, a], [b, 0]]))),
    "checked_numbers:free": st.just(()) | st.just((p,)),
    "check_fit:values": OBJECTS["Values"],
    "checked_groups:groups": st.just(()),
    "checked_groups:workers": st.integers(1, 2),
    "mode_condition:mode": st.sampled_from(Mode),
    "stage_of:mode": st.sampled_from(Mode),
    "equilibrium_branch:x0": start,
    "equilibrium_branch:start": signed,
    "bifurcation_diagram:starts": st.none() | st.just((((-1.0,), 0.0),)),
    "bifurcation_diagram:branches": OBJECTS["Branch"] | OBJECTS["Diagram"],
    "bifurcation_diagram:letter": st.none() | st.just(x),
    "bifurcation_curves:curves": OBJECTS["Curve"],
    "record:value": size | st.just("text") | st.integers(0, 5),
    "record:unit": st.sampled_from(UNITS),
    "Proposition:claim": st.sampled_from((a * b > 0, a > b)),
    "Proposition.without:label": st.just("a > 0"),
}

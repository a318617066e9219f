"""Sensible arguments of single functions, by `function:parameter`, where the name alone does not tell them."""

from typing import Any

import numpy as np
import sympy as sp
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecolib import Mode
from ecolib.extensions import obligate, saturating
from ecolib.paper.policy import LEVERS, OUTCOMES, RANGES
from ecolib.results import UNITS
from fuzz.objects import MODELS, OBJECTS, a, b, coefficients, graphs, inner, numbers, p, share, signed, size, x

units = st.integers(1, 3)
name = st.sampled_from(sorted(OUTCOMES))
ranges = st.sampled_from(({"s": (1.2, 2.1), "c": (0.2, 0.8)}, {"tau": (0.5, 1.5)}, RANGES))
expression = st.sampled_from((a, a + b, sp.Integer(2), sp.Rational(1, 3), 0.5))
two = st.tuples(expression, expression)
members = st.sampled_from(((0,), (1,), (0, 1), ()))
pair = st.just(("one", "two"))
start = numbers(signed, 1)
states = st.sampled_from(((0.1, 0.2, 1.0), (0.5, 0.5, 2.0)))
several_states = st.sampled_from((((0.1, 0.1, 1.0),), ((0.1, 0.1, 1.0), (1, 1, 0.5))))
noise = st.sampled_from((0.1, 0.3, (0.1, 0.1, 0.3)))
steps = st.sampled_from((0.1, 0.5))
strings = st.lists(st.sampled_from(("one", "two")), max_size=2, unique=True)
texts = st.sampled_from(((), ("C01",), ("ch-07", "ecolib.mode")))
curve = OBJECTS["ReducedCurve"]
times = st.sampled_from(((0, 1, 2), np.linspace(0, 20, 5)))
tree = st.integers(12, 40)
start_of_tree = st.integers(3, 12)
alternatives = st.sampled_from((np.array([[0.2, 0.3, 0.5]]).T, np.full((3, 4), 1 / 3)))


def product(a: float, b: float) -> float:
    """What a sweep computes."""
    return a * b


OWN: dict[str, SearchStrategy[Any]] = {
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
    "attachment:units": tree,
    **{f"expected_{what}:units": tree for what in ("links", "brokerage")},
    **{f"expected_{what}:start": start_of_tree for what in ("links", "brokerage")},
    **{f"expected_{what}:power": st.sampled_from((0, 1)) for what in ("links", "brokerage")},
    "lock_in_probability:power": st.floats(1.5, 4),
    "Combinations:f": numbers(signed, 4),
    **{f"Combinations.{what}": st.just((0.25,) * 4) for what in ("path:p0", "fitness_change:p")},
    **{f"GenePool.{what}": st.sampled_from(((0.2, 0.3, 0.5), (0.5, 0.5))) for what in ("path:p0", "fitness_change:p")},
    "GenePool:f": numbers(signed, 3),
    "GenePool:nu": st.none() | coefficients(3, (), size),
    "TwoRegions.path:p0": st.sampled_from(((0.1, 0.9), (0.5, 0.5))),
    "Layers:links": st.builds(lambda one, two: {"one": one / 10, "two": two / 10}, coefficients(3), coefficients(3)),
    "Layers.gain:names": strings,
    "Partners:alpha": coefficients(3).map(lambda alpha: alpha / 5),
    "three_layers:region": st.just((0, 0, 1, 1)),
    "three_layers:industry": st.just((0, 1, 0, 1)),
    "three_layers:strength": numbers(signed, 3),
    "three_layers:links": share,
    **{f"{measure}:x": st.sampled_from(((0.5, 0.5), (0.1, 0.9))) for measure in ("fixation_index", "minimum_distance")},
    "association:p": numbers(size, 4).map(lambda weights: weights / weights.sum()),
    "JCurve.carried:t": size,
    "Relations.share:start": share,
    "Relations.spread_between:start": share,
    "Relations.spread_between:units": st.tuples(st.integers(1, 9), st.integers(1, 9)),
    "Standards.path:start": st.tuples(share, share),
    "changes:draws": st.integers(1, 2),
    "cut_bound:region": st.just("region"),
    **{
        f"{what}:{which}": graphs()
        for what in ("even_connectivity", "limited_by_regions")
        for which in ("first", "second")
    },
    "dominance_rises:linked": st.booleans(),
    "Counts:core": st.integers(1, 3),
    "Chain:T": numbers(size, 2, 3),
    "Chain:L": numbers(size, 2),
    "ancestors:unit": st.sampled_from((0, 1)),
    "relocated:region": st.sampled_from("AB"),
    "spanning_units:region": st.lists(st.booleans(), min_size=1, max_size=5).map(np.array),
    "Claim:propositions": texts,
    **{
        f"Claim:{name}": texts
        for name in ("chapter", "figure", "code", "condition", "test", "counterexample", "statement")
    },
    "Claim:terms": st.just(""),
    "Point:claims": texts,
    "record:value": size | st.just("text") | st.integers(0, 5),
    "record:unit": st.sampled_from(UNITS),
    "Proposition:claim": st.sampled_from((a * b > 0, a > b)),
    "Proposition.without:label": st.just("a > 0"),
    "coupled:alpha": st.just(sp.Matrix([[0, a], [b, 0]])),
    "assume:labels": st.lists(st.sampled_from(("c >= 0", "s > 0", "phi > 0")), max_size=2),
    "formula:units": st.sampled_from((2, 3, None)),
    "named:units": st.sampled_from((2, 3, None)),
    "named:name": st.just("phi_k"),
    **{f"{what}": numbers(signed, 3) for what in ("aligned:p0", "aligned:drift", "alignment_bound:p0")},
    "heterogeneity:quality": numbers(signed, 3),
    "heterogeneity:image": numbers(signed, 3),
    "regional_network:phi": inner | st.just("alpha"),
    "regional_network:closure": OBJECTS["Closure"],
    **{f"{what}:x0": several_states for what in ("noisy_paths", "step_error")},
    **{f"{what}:x0": states for what in ("Feedback.path", "outcome")},
    **{f"{what}:sigma": noise for what in ("noisy_paths", "step_error", "escapes")},
    **{f"{what}:step": steps for what in ("noisy_paths", "step_error", "escapes")},
    "Feedback.path:tau": size | OBJECTS["Schedule"],
    "Feedback.path:forcing": st.none() | st.just({}),
    **{f"{what}:start": st.sampled_from(("unlike", "alike")) for what in ("barrier", "escapes", "mean_passage")},
    **{f"{what}:tau": st.just(1.05) | size for what in ("barrier", "escapes", "mean_passage", "steady_states")},
    "least_push:push": st.floats(1.2, 4),
    "step_error:time": size,
    "sweep:low": size,
    "sweep:high": st.floats(3, 6),
    "sweep:time": st.floats(1, 50),
    **{f"{what}:name": name for what in ("best_lever", "lever_savings", "outcome", "savings")},
    "path:doses": st.dictionaries(st.sampled_from(sorted(LEVERS)), OBJECTS["Schedule"], max_size=2),
    "path:x0": st.none() | st.just((1.0, 1.0, 0.5, 0.5)),
    "sensitivity:size": st.sampled_from((1, 2, 4)),
    "line_diagram:lines": st.builds(lambda y: {"one": (np.arange(3.0), y)}, numbers(size, 3)),
    "line_diagram:log": st.sampled_from(("", "x", "y", "xy")),
    "mode_map:log": st.sampled_from(("", "x", "y", "xy")),
    "regime_map:log": st.sampled_from(("", "x", "y", "xy")),
    "regime_map:names": st.just(("coexistence", "exclusion", "bistability")),
    "spectrum_diagram:eigenvalues": numbers(signed, 3).map(lambda real: real + 0.5j),
    "gains_diagram:closure": OBJECTS["Closure"],
    "threshold_diagram:closure": OBJECTS["Closure"],
    "gains_diagram:start": st.none() | inner,
    "threshold_diagram:start": st.none() | inner,
    "interval_diagram:draws": st.builds(lambda one: {"A": {"size": one}, "B": {"size": one}}, numbers(signed, 4)),
    "links_diagram:links": coefficients(3),
    "loop_diagram:model": OBJECTS["Feedback"],
    "loop_diagram:tau": st.just((0.5, 3.0)),
    "loop_diagram:V": st.just((0.05, 3.0)),
    "reduced_diagram:curves": st.lists(curve, min_size=1, max_size=2),
    "reduced_diagram:names": pair | st.just(("one",)),
    "reduced_diagram:top": st.none() | size,
    "newcomer_map:model": st.just(obligate(saturating(MODELS[2], h=1), units=[1])),
    **{f"newcomer_map:{letter}": st.just(np.linspace(0.5, 6, 5)) for letter in "ab"},
    **{
        f"{what}:names": pair
        for what in ("relation_matrix", "shift_diagram", "stacked_bars", "index_bars", "stack_diagram")
    },
    "shift_diagram:before": numbers(inner, 3),
    "shift_diagram:after": numbers(inner, 2, 3),
    "shift_diagram:marks": st.just(("a", "b", "c")),
    "index_bars:first": numbers(inner, 2),
    "dose_diagram:V": st.just((0.5, 1.0, 2.0)),
    "dose_diagram:dose": numbers(inner, 3),
    "payoff_diagram:reach": st.just((0.0, 0.5, 1.0)),
    "payoff_diagram:payoffs": numbers(signed, 3, 3),
    "ratio_plane:paths": st.lists(numbers(size, 2, 4), max_size=2),
    "ratio_plane:limits": st.just((0.01, 100.0)),
    "share_triangle:paths": st.lists(alternatives, max_size=2),
    "share_triangle:curve": st.none() | alternatives,
    "simplex:shares": st.just(np.eye(3)),
    "simplex:codes": st.just((0, 1, 2)),
    "simplex:names": st.just(tuple(Mode)[:3]),
    "simplex_shares:steps": st.integers(2, 9),
    "pair_portrait:limit": size | st.tuples(size, size),
    "phase_portrait:limit": st.none() | size,
    "stage_bands:edges": st.just((0.0, 0.3, 1.0)),
    "count_bars:draws": st.integers(3, 9),
}

"""Sensible arguments of figures, by `function:parameter`, where the name alone does not tell them."""

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecolib import Mode
from ecolib.extensions import obligate, saturating
from fuzz.objects import MODELS, OBJECTS, coefficients, inner, numbers, signed, size

pair = st.just(("one", "two"))
curve = OBJECTS["ReducedCurve"]
alternatives = st.sampled_from((np.array([[0.2, 0.3, 0.5]]).T, np.full((3, 4), 1 / 3)))


FIGURES: dict[str, SearchStrategy[Any]] = {
    "speed_diagram:speeds": st.builds(lambda one: {"slow": one, "fast": 10 * one}, size),
    "speed_diagram:label": st.just("paths per second"),
    "agreement_diagram:groups": st.builds(lambda a, b: {"fitted": (a, b)}, numbers(size, 3), numbers(size, 3)),
    "line_diagram:lines": st.builds(lambda y: {"one": (np.arange(3.0), y)}, numbers(size, 3)),
    "line_diagram:log": st.sampled_from(("", "x", "y", "xy")),
    "basin_map:found": OBJECTS["Basins"],
    **{f"basin_map:{letter}s": st.just((0.1, 0.55, 1.0)) for letter in "xy"},
    "basin_map:log": st.sampled_from(("", "x", "y", "xy")),
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

"""Sensible arguments of what follows the paper, by `function:parameter`, where the name alone does not tell them."""

from typing import Any

import numpy as np
import sympy as sp
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecolib.paper.policy import LEVERS, OUTCOMES
from fuzz.objects import OBJECTS, a, b, coefficients, graphs, inner, numbers, share, signed, size

name = st.sampled_from(sorted(OUTCOMES))
expression = st.sampled_from((a, a + b, sp.Integer(2), sp.Rational(1, 3), 0.5))
two = st.tuples(expression, expression)
states = st.sampled_from(((0.1, 0.2, 1.0), (0.5, 0.5, 2.0)))
several_states = st.sampled_from((((0.1, 0.1, 1.0),), ((0.1, 0.1, 1.0), (1, 1, 0.5))))
noise = st.sampled_from((0.1, 0.3, (0.1, 0.1, 0.3)))
steps = st.sampled_from((0.1, 0.5))
strings = st.lists(st.sampled_from(("one", "two")), max_size=2, unique=True)
texts = st.sampled_from(((), ("C01",), ("ch-07", "ecolib.mode")))
tree = st.integers(12, 40)
start_of_tree = st.integers(3, 12)


PAPER: dict[str, SearchStrategy[Any]] = {
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
}

"""What sensible arguments are, by parameter: a name means the same everywhere, unless its owner says otherwise."""

import inspect
from typing import Any

import numpy as np
import sympy as sp
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecolib import REGIMES, Mode, Stage
from ecolib.paper.construction.drive import GROWTH
from ecolib.paper.policy import BENEFITS, LEVERS, MEASURES, OUTCOMES, letters
from fuzz.objects import (
    LABELLED,
    OBJECTS,
    PAYOFFS,
    a,
    b,
    coefficients,
    graphs,
    inner,
    numbers,
    p,
    r,
    share,
    signed,
    size,
    x,
)
from fuzz.own import OWN
from fuzz.targets import Target

few, several, unit = st.integers(1, 5), st.integers(2, 9), st.integers(0, 2)
flag, text = st.booleans(), st.sampled_from(("", "first", "r", "gain"))
levels, grid = numbers(inner, 3) | inner, st.lists(inner, min_size=2, max_size=4).map(np.sort)
lengths = size | numbers(size, 3)
times = st.sampled_from(((0, 1, 2), (0.0, 0.5), np.linspace(0, 20, 5)))
shares = st.sampled_from(((0.2, 0.3, 0.5), (0.25,) * 4, (0.5, 0.5), ((0.5, 0.5), (0.1, 0.9)), (1.0, 0.0)))
named = st.sampled_from((0, 1, 2))
group = st.lists(named, min_size=1, max_size=2, unique=True)
pair = st.sampled_from((("one", "two"), ("a", "b")))
triple = st.just(("one", "two", "three"))
bound = st.sampled_from(((-1.0, 1.0), (0.1, 2.0), (-2, 2)))
budget = st.floats(0.05, 0.5)
rng = OBJECTS["np.random.Generator"]
lever, outcome = st.sampled_from(sorted(LEVERS)), st.sampled_from(sorted(OUTCOMES))
benefit = st.sampled_from(sorted(BENEFITS))
doses = st.dictionaries(lever, levels, max_size=3)
expression = st.sampled_from((a, a + b, a * b - 1, sp.Integer(2), sp.Rational(1, 3)))
formula = st.sampled_from((letters.leader, letters.alignment))
schedules = OBJECTS["Schedule"]
names3 = st.sampled_from((("A", "B"), ("A", "B", "C"), ("one",)))
parts = st.just({"first": (1.0, 2.0), "second": (0.5, -1.0)}) | st.just({})
kinds = st.lists(st.sampled_from((*Mode, *Stage, *REGIMES)), min_size=1, max_size=3)
matrix = st.sampled_from((PAYOFFS, sp.Matrix([[0, a], [b, 0]]), sp.Matrix([[0, 1], [1, 0]]), sp.zeros(3, 3)))
marks = st.none() | st.just({"here": 0.5})

NAMES: dict[str, SearchStrategy[Any]] = {
    "A": coefficients(2).map(lambda alpha: alpha - np.eye(2)),
    **dict.fromkeys(("K", "r"), size | numbers(size, 2)),
    **dict.fromkeys(("a_h", "a_s", "f", "sigma_A", "sigma_B", "mean", "p_0", "drift"), signed),
    **dict.fromkeys(
        ("V", "beta", "dose", "e", "h", "phi", "level", "m", "nu", "limit", "c", "omega", "weight", "z_O"), levels
    ),
    **dict.fromkeys(
        ("image", "pull", "linked", "epsilon", "agreement", "connectance", "theta", "kept", "share"), share
    ),
    **dict.fromkeys(("s", "sigma", "tau", "mu", "V_start", "beta_I", "beta_O", "kappa_I", "kappa_O", "eta"), lengths),
    **dict.fromkeys(("learning", "pace", "V_p", "V_q", "strength", "delta", "rho", "ramp", "iota", "gamma"), size),
    **dict.fromkeys(("chi", "b", "d", "kappa", "v", "w", "spread", "idle", "factor", "size", "power", "most"), size),
    **dict.fromkeys(("cut", "covered", "depth", "first", "least", "tol", "rtol", "barriers"), inner),
    **dict.fromkeys(("seconds", "timeout"), budget),
    **dict.fromkeys(("unit", "index", "gene", "to", "by", "reference", "master", "core", "derivative"), unit),
    **dict.fromkeys(("units", "n", "steps", "points", "links", "regions", "industries", "firms"), several),
    **dict.fromkeys(("step", "own", "cross", "ties", "served", "growth", "spillover", "lead", "low", "newcomers"), few),
    **dict.fromkeys(("links_A", "links_B", "gainers", "losers", "decimals", "j", "paths"), few),
    **dict.fromkeys(("units_A", "units_B", "start", "terms"), st.integers(3, 12)),
    **dict.fromkeys(("balanced", "joins", "legend", "log", "edges", "saturation", "progress"), flag),
    **dict.fromkeys(("statement", "id", "paper", "claim", "verdict", "conditions", "says", "reason"), text),
    **dict.fromkeys(("xlabel", "ylabel"), st.just("label")),
    **dict.fromkeys(("moved", "hosts", "partners", "inside"), group),
    **dict.fromkeys(("t", "times"), times),
    **dict.fromkeys(("before", "after", "graph"), graphs()),
    **dict.fromkeys(("shares", "z0"), shares),
    **dict.fromkeys(("gives", "receives"), numbers(inner, 3)),
    **dict.fromkeys(("lever", "one", "other"), lever),
    **dict.fromkeys(("corners",), triple),
    **dict.fromkeys(("starts",), st.just(()) | numbers(size, 2, 2)),
    "at": st.none() | st.just((0.0, 0.5)),
    "bands": st.sampled_from(("modes", "signs", "shares")),
    "barriers": st.sampled_from(("block", "slow")),
    "benefit": benefit,
    "box": st.just({x: (-3.0, 3.0)}) | st.none(),
    "boxes": st.just({"a": ("one", (0.0, 0.0)), "b": ("two", (1.0, 1.0))}),
    "arrows": st.just((("a", "b", 1), ("a", "b", 2))) | st.just(()),
    "capacity": size,
    "codes": st.integers(-1, 2) | numbers(st.integers(0, 2), 2, 2).map(lambda codes: codes.astype(int)),
    "colour": st.just("#117733"),
    "compatibility": st.sampled_from(("exponential", "reciprocal")),
    "counts": st.just({"one": 3, "two": 0}),
    "curve": st.none() | numbers(size, 2, 4),
    "doses": doses,
    "duration": size,
    "edges": grid,
    "ends": st.lists(st.tuples(signed, st.just("end"), st.just("#117733")), max_size=3),
    "errors": numbers(inner, 2, 2),
    "escape": st.sampled_from((10.0, 100.0)),
    "expression": expression | matrix,
    "arguments": st.lists(st.sampled_from((a, b, (a, b))), max_size=3),
    "formulas": st.lists(formula, min_size=1, max_size=2),
    "groups": st.lists(unit, min_size=3, max_size=3),
    "handles": st.none() | st.just(()),
    "horizon": st.floats(1, 30),
    "how": st.sampled_from(GROWTH),
    "hypotheses": st.just(LABELLED) | st.just(tuple(LABELLED.values())),
    "keeps": st.sampled_from(("feasible", "dissipative", "stable matrix")),
    "kind": st.sampled_from((*Mode, *Stage, *REGIMES)),
    "kinds": kinds,
    "known": st.none() | st.just({"a > 0": {a: -1, b: 1}}),
    "labels": st.none() | pair,
    "measures": st.lists(st.sampled_from(sorted(MEASURES)), min_size=1, max_size=2, unique=True).map(tuple),
    "marks": marks,
    "name": text,
    "named": st.sampled_from(("beside", "below")),
    "names": names3,
    "numbers": st.just({p: 1.0, r: 0.5}) | st.just({p: 1.0}) | st.just({}),
    "order": st.permutations((0, 1, 2)),
    "other": st.just(p),
    "over": st.sampled_from(("phi", "V")),
    "parameter": st.just(r),
    "parts": parts,
    "patience": size,
    "payoffs": matrix,
    "places": numbers(signed, 3, 2),
    "production": numbers(size, 2, 2),
    "q": st.floats(1.1, 4),
    "reading": st.sampled_from(("signs", "shares")),
    "ratios": numbers(size, 2) | numbers(size, 2, 3),
    "saddle": numbers(size, 2),
    "social": st.just(((0.0, 0.5), (0.5, 1.0))),
    "table": numbers(signed, 2, 2),
    "tolerance": st.none() | size,
    "total": numbers(inner, 2),
    "trying": inner | st.just(a),
    "value": size,
    "where": st.just(()) | st.just((sp.Eq(b, 2),)),
    "which": st.sampled_from("AB"),
    "whole": st.sampled_from((letters.leader, letters.alignment)),
    "within": bound,
    "first_within": st.none() | bound,
    "x": st.just((x,)),
    "xs": grid,
    "ys": grid,
    "y": shares,
}


def sensible(target: Target, parameter: inspect.Parameter) -> SearchStrategy[Any]:
    """Where to draw a good argument from.

    Raises:
        LookupError: when nobody has said what is good there.
    """
    short = ".".join(target.name.split(".")[-2:])
    classes = [part for part in str(parameter.annotation).split(" | ") if part in OBJECTS]
    for key in (f"{short}:{parameter.name}", f"{short.rpartition('.')[2]}:{parameter.name}"):
        if key in OWN:
            return OWN[key]
    if classes:
        return st.one_of(*(OBJECTS[one] for one in classes))
    if parameter.name not in NAMES:
        raise LookupError(f"{target.name}: say what {parameter} is in tests/fuzz/own_*.py, or in arguments.py by name")
    return NAMES[parameter.name]


def owners(target: Target) -> SearchStrategy[Any]:
    """Where to draw an object with the method or property from."""
    name = target.owner.__name__ if target.owner else ""
    if name not in OBJECTS:
        raise LookupError(f"{target.name}: say how a {name} is made in tests/fuzz/objects.py")
    return OBJECTS[name]

"""Objects that calls are made with or on: by class, a strategy of good ones, each made the way users make it."""

from functools import cache
from typing import Any

import networkx as nx
import numpy as np
import sympy as sp
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from matplotlib.figure import Figure

from ecolib import Schedule, Symbiosis, System, Values, equilibria, explorer, simulate
from ecolib.basins import basins
from ecolib.communities import Community
from ecolib.continuation import Limits, bifurcation_curve, bifurcation_diagram, equilibrium_branch
from ecolib.extensions import Pair, obligate, pair_equilibria, saturating
from ecolib.figures import Fill
from ecolib.networks import Network
from ecolib.paper.appendix import CheckedGroup
from ecolib.paper.behaviour import Paradigms, twin
from ecolib.paper.claims import claims
from ecolib.paper.construction.drive import Combinations, GenePool, Hub, Layers, Partners, TwoGenes, TwoRegions
from ecolib.paper.construction.institutions import Counts, JCurve, Relations, Standards, Transfer
from ecolib.paper.construction.material import Chain, RegionLinks, Rewiring, allocate
from ecolib.paper.evolution import Closure, Feedback, escapes, folds, hysteresis, steady_states, sweep
from ecolib.paper.evolution.feedback.reduced import ReducedCurve
from ecolib.paper.policy import BaseCase
from ecolib.paper.propositions import Group
from ecolib.proofs import Proposition

MODELS = {n: Symbiosis.of(units=n) for n in (1, 2, 3)}
x, y, r, p = sp.symbols("x y r p", real=True)
SYSTEM = System((x,), (r + p * x - x**3,))
SYSTEMS = (SYSTEM, System((x, y), (p - x**2, -y)), System((x,), (x * (r - x),)), MODELS[2])
a, b = sp.symbols("a b", real=True)
LABELLED = {"a > 0": a > 0, "b > 0": b > 0}

share = st.integers(0, 20).map(lambda k: k / 20) | st.floats(1e-6, 1)
inner = st.floats(0.05, 0.95)
size = st.sampled_from((0.5, 1.0, 2.0)) | st.floats(0.05, 4)
signed = st.integers(-20, 20).map(lambda k: k / 10)


def numbers(entry: SearchStrategy[float], *shape: int) -> SearchStrategy[Any]:
    """Arrays of one shape."""
    count = int(np.prod(shape))
    return st.lists(entry, min_size=count, max_size=count).map(lambda flat: np.array(flat).reshape(shape))


@st.composite
def coefficients(draw: Any, units: int, batch: tuple[int, ...] = (), entry: SearchStrategy[float] = signed) -> Any:
    """Square matrices with zero diagonal."""
    return draw(numbers(entry, *batch, units, units)) * (1 - np.eye(units))


@st.composite
def values(draw: Any) -> Values:
    """One set for two units, mostly; sometimes a batch, or one or three units."""
    units, batch = draw(st.sampled_from(((2, ()), (2, ()), (2, (3,)), (1, ()), (3, ()), (2, (2, 2)))))
    return Values(draw(numbers(size, units)), draw(numbers(size, units)), draw(coefficients(units, batch)))


@st.composite
def graphs(draw: Any) -> Any:
    """Small graphs with everything that a function may ask for: regions, coefficients, rates."""
    kind = draw(st.sampled_from((nx.Graph, nx.Graph, nx.DiGraph)))
    nodes = draw(st.integers(1, 8))
    graph = kind(draw(st.sampled_from((nx.star_graph(nodes), nx.cycle_graph(nodes + 2), nx.complete_graph(nodes)))))
    graph.remove_edges_from(list(graph.edges)[: draw(st.sampled_from((0, 0, 1, 3)))])
    nx.set_node_attributes(graph, {node: "AB"[k % 2] for k, node in enumerate(graph)}, "region")
    nx.set_edge_attributes(graph, draw(signed) / 10, "alpha")
    if draw(st.booleans()):
        nx.set_edge_attributes(graph, draw(size | st.sampled_from((0.0, -1.0, float("nan"), "text"))), "weight")
    return graph


@cache
def made(what: str) -> Any:
    """Results that take long, made once."""
    if what == "branches":
        two = {x: (-3, 3)}
        bent = equilibrium_branch(SYSTEM, {p: 1}, r, x0=[-2.0], start=-2, within=(-2, 2), box=two)
        crossed = equilibrium_branch(SYSTEMS[2], {}, r, x0=[0.0], start=-1, within=(-1, 1), box=two)
        return bent, crossed
    if what == "basins":
        u = np.linspace(0.1, 1, 3)
        return basins(MODELS[2], RIVALS, np.stack(np.meshgrid(u, u), axis=-1))
    if what == "curve":
        bent = made("branches")[0]
        return bifurcation_curve(bent, bent.bifurcations[0], p, within=(0.1, 2))
    if what == "diagram":
        return bifurcation_diagram(SYSTEM, {p: 1}, r, within=(-2, 2), box={x: (-3, 3)})
    if what == "sweep":
        return sweep(FEEDBACK, low=0.5, high=3, time=300, points=5)
    if what == "escapes":
        rng, about = np.random.default_rng(1), {"tau": 1.05, "sigma": 0.3, "start": "unlike"}
        return escapes(FEEDBACK, paths=4, horizon=20, step=0.1, rng=rng, **about)
    proposition = Proposition("product", LABELLED, a * b > 0)
    return proposition, proposition.check(timeout=5)


RIVALS = Values(r=(1, 1), K=(1, 1), alpha=((0, -2), (-2, 0)))
CLOSURE = Closure(s=1.8, c=0.5, omega=0.8)
FEEDBACK = Feedback(CLOSURE, eta=0.1, learning=0.1)
PARADIGMS = Paradigms(beta_I=4, kappa_I=1, beta_O=6, kappa_O=3)
PAYOFFS = sp.Matrix([[1, 2, 0], [0, 1, 3], [2, 0, 1]])
closures = st.builds(Closure, s=size, c=share.filter(lambda c: c < 1), omega=share, n=st.integers(2, 4)) | st.builds(
    Closure, s=numbers(size, 3), c=inner, omega=inner, epsilon=inner
)
one_closure = st.builds(Closure, s=size, c=inner, omega=share, n=st.integers(2, 3))
feedbacks = st.just(FEEDBACK) | st.builds(
    Feedback, one_closure, eta=size, learning=size, compatibility=st.sampled_from(("exponential", "reciprocal"))
)
cases = st.builds(BaseCase) | st.builds(BaseCase, s=size, c=inner, omega=share, pull=share, tau=size, linked=share)
batches = st.builds(BaseCase, s=numbers(size, 3), tau=numbers(size, 2, 1), V_q=size, V_p=st.just(0.0) | size)
regions = st.builds(TwoRegions, *(st.one_of(size, numbers(size, 2)) for _ in range(5)))
networks = st.builds(Network, r=size, K=size, alpha=st.integers(1, 5).flatmap(coefficients))

OBJECTS: dict[str, SearchStrategy[Any]] = {
    "Allocation": st.builds(allocate, st.builds(Chain, numbers(size, 2, 3), numbers(size, 2))),
    "Axes": st.builds(lambda: Figure().subplots()),
    "BaseCase": cases | batches,
    "Basins": st.deferred(lambda: st.just(made("basins"))),
    "Branch": st.deferred(lambda: st.sampled_from(made("branches"))),
    "Bifurcation": st.deferred(lambda: st.sampled_from([b for one in made("branches") for b in one.bifurcations])),
    "Chain": st.builds(Chain, numbers(size, 2, 3), numbers(size, 2)),
    "Check": st.deferred(lambda: st.just(made("check")[1])),
    "CheckedGroup": st.deferred(
        lambda: st.just(CheckedGroup(Group("", "", {"product": made("check")[0]}), {"product": made("check")[1]}))
    ),
    "Claim": st.deferred(lambda: st.sampled_from(claims())),
    "Closure": closures,
    "Explorer": st.deferred(lambda: st.sampled_from((explorer.path(), explorer.two_units()))),
    "Combinations": st.builds(Combinations, numbers(signed, 4), size),
    "Community": st.builds(
        Community, units=st.integers(1, 30), spread=size, mean=signed, connectance=share, agreement=share
    ),
    "Counts": st.builds(Counts, units=st.integers(4, 9), links=st.integers(3, 6), core=st.integers(2, 3)),
    "Curve": st.deferred(lambda: st.just(made("curve"))),
    "Diagram": st.deferred(lambda: st.just(made("diagram"))),
    "Dynamics": st.sampled_from(SYSTEMS),
    "Equilibrium": st.sampled_from([point for n in (2, 2, 3) for point in equilibria(MODELS[n])]),
    "Escapes": st.deferred(lambda: st.just(made("escapes"))),
    "Feedback": feedbacks,
    "Figure": st.builds(Figure),
    "Fill": st.builds(Fill, st.just("grown"), st.just("#882255")),
    "Fold": st.deferred(lambda: st.sampled_from(folds(FEEDBACK))),
    "GenePool": st.builds(GenePool, numbers(signed, 3))
    | st.builds(GenePool, numbers(signed, 2), coefficients(2, (), size)),
    "Hub": st.builds(Hub, signed, signed, st.integers(0, 9)),
    "Hysteresis": st.deferred(lambda: st.just(hysteresis(FEEDBACK))),
    "JCurve": st.builds(JCurve, m=inner, sigma=size, delta=size, rho=size, ramp=st.just(0.0) | size),
    "Layers": st.builds(lambda one, two: Layers({"one": one / 10, "two": two / 10}), coefficients(3), coefficients(3)),
    "Limits": st.builds(Limits, steps=st.integers(1, 300), seconds=st.floats(0.05, 1)),
    "Necessity": st.deferred(lambda: st.just(made("check")[1].necessity)),
    "Network": networks,
    "Pair": st.builds(
        Pair,
        st.tuples(*[st.sampled_from((1, -1))] * 2),
        st.tuples(*[st.integers(-3, 3)] * 2) | st.just((a, b)),
        st.tuples(*[st.sampled_from((0, 1, sp.Rational(1, 3), p**2))] * 2),
    ),
    "PairPoint": values()
    .filter(lambda v: v.units == 2)
    .flatmap(lambda v: st.sampled_from(pair_equilibria(MODELS[2], v))),
    "Paradigms": st.just(PARADIGMS)
    | st.builds(Paradigms, beta_I=size, kappa_I=inner, beta_O=size, kappa_O=st.floats(1, 4), theta=share, p_0=signed),
    "Part": st.deferred(lambda: st.sampled_from(made("check")[1].proof.parts)),
    "Partners": st.builds(Partners, coefficients(3).map(lambda alpha: alpha / 5)),
    "Path": st.builds(
        lambda: simulate(MODELS[2], Values((1, 1), (1, 1), np.zeros((2, 2))), x0=(0.1, 0.2), t=(0, 1, 2))
    ),
    "Proof": st.deferred(lambda: st.just(made("check")[1].proof)),
    "Proposition": st.deferred(lambda: st.just(made("check")[0])),
    "ReducedCurve": st.builds(ReducedCurve, one_closure, st.sampled_from(("exponential", "reciprocal"))),
    "RegionLinks": st.builds(RegionLinks, numbers(size, 2, 2)),
    "Relations": st.builds(Relations, size, size, st.just(0.0) | size),
    "Rewiring": st.builds(Rewiring, b=size, d=size, h=share, kappa=size, f=inner, theta=share),
    "Schedule": st.builds(Schedule, st.just((0, 1, 1, 5)), numbers(inner, 4)),
    "Standards": st.builds(Standards, size, share),
    "SteadyState": st.deferred(lambda: st.sampled_from(steady_states(FEEDBACK, tau=1.05))),
    "Sweep": st.deferred(lambda: st.just(made("sweep"))),
    "Symbiosis": st.sampled_from(
        (
            *[MODELS[2]] * 5,
            MODELS[1],
            MODELS[3],
            saturating(MODELS[2], h=1),
            obligate(saturating(MODELS[2], h=1), units=[1]),
        )
    ),
    "System": st.sampled_from(SYSTEMS[:3]),
    "Thresholds": st.builds(lambda closure: closure.thresholds, closures),
    "Transfer": st.builds(
        Transfer, low=st.integers(0, 9), lead=st.integers(0, 5), kept=share, spillover=st.integers(0, 9)
    ),
    "Twin": st.builds(twin, st.just(PAYOFFS), reference=st.integers(0, 2)),
    "TwoGenes": st.builds(TwoGenes, size, size, size),
    "TwoRegions": regions,
    "Values": values(),
    "np.random.Generator": st.integers(0, 9).map(np.random.default_rng),
}
"""By name of the class, as annotations have it."""

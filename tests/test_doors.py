"""What was let in by mistake, found by the fuzz: each is refused, with a message of our own."""

import networkx as nx
import numpy as np
import pytest
import sympy as sp

from ecolib import Schedule, Symbiosis, Values, equilibria, simulate, stable
from ecolib.basins import stable_manifold
from ecolib.communities import Community, assemble
from ecolib.continuation import equilibrium_branch
from ecolib.extensions import Pair, alike, branch, handling, pair_equilibria, saturating
from ecolib.figures import gains_diagram
from ecolib.figures.layers import links_diagram
from ecolib.networks import network_of
from ecolib.numeric import compiled, evaluate
from ecolib.paper.behaviour import Paradigms, replicator
from ecolib.paper.construction.material import relocated
from ecolib.paper.evolution import (
    Closure,
    Feedback,
    heterogeneity,
    noisy_paths,
    outcome,
    steady_states,
    step_error,
    sweep,
)
from ecolib.paper.evolution.feedback.reduced import ReducedCurve
from ecolib.paper.evolution.vocabulary import named
from ecolib.paper.policy import (
    BaseCase,
    circulation,
    date,
    inflow_borne,
    interactions,
    needed,
    sensitivity,
    time_to_balance,
    tipping_dose,
)
from ecolib.proofs import Proposition
from ecolib.results import record
from ecolib.sweeps import sweep as grid_sweep
from ecolib.system import System

CODE = "__import__('builtins').text_was_run()"
PAIR, MODEL = Pair((1, -1), (1, 1), (0, 1)), Symbiosis.of(units=2)
ALONE = Values(r=(1, 1), K=(1, 1), alpha=np.zeros((2, 2)))
FEEDBACK = Feedback(Closure(s=1.8, c=0.5, omega=0.8), eta=0.1, learning=0.1)
HALF, HUGE = sp.Rational(1, 2), 10**400
x, p = sp.symbols("x p", real=True)


@pytest.mark.parametrize("text", [CODE, (CODE, CODE), [CODE], {CODE: CODE}, np.array(["p"])])
@pytest.mark.parametrize(
    "call",
    [
        lambda text: System(x=(x,), field=(text,)),
        lambda text: System((x,), (p * x,)).at({p: text}),
        lambda text: alike(text, 1, 1),
        lambda text: branch(PAIR, text),
        lambda text: Pair((1, 1), (text, 1), (1, 1)),
        lambda text: saturating(MODEL, h=text),
        lambda text: replicator(sp.eye(2), trying=text),
        lambda text: compiled(text, p),
        lambda text: named("phi_k", text),
    ],
)
def test_text_is_never_read_as_an_expression(call, text):
    with pytest.raises((TypeError, ValueError), match=r"must|expression"):
        call(text)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: stable("both"), "equilibrium must be a Equilibrium, got str"),
        (lambda: equilibria(Symbiosis.of(units=13)), "4096 supports are the most"),
        (lambda: handling(10**9), "units must be at most 200"),
        (lambda: simulate(3, {}, x0=(1,), t=(0, 1)), "must state its letters and field"),
        (lambda: stable_manifold(MODEL, ALONE, np.array([1.0, 1.0])), "one negative and one positive eigenvalue"),
        (lambda: Schedule((0, 1), (0, 1)).ends([0, 1], 2), "begin must be a real number"),
        (lambda: Closure(s=(1, 2), c=(0.1, 0.2, 0.3), omega=1), "do not broadcast against each other"),
        (lambda: Closure(s=10**400, c=0, omega=1), "s must be at most 1e\\+100 in size"),
        (lambda: circulation(BaseCase(tau=(1.0, 2.0)), (0.1, 0.2, 0.3)), "do not broadcast against each other"),
        (lambda: time_to_balance(BaseCase(), points=10**12), "points must be at most"),
        (lambda: Pair((1, -1), (-1, 1), (1, 1)).fold, "must be positive for a fold"),
        (
            lambda: Feedback(Closure(s=1, c=0, omega=1), 1, 1, compatibility=["exponential"]),
            "compatibility must be one",
        ),
        (lambda: ReducedCurve(Closure(s=1, c=0, omega=1), "reciprocal").to_V(5e-324), "finite heterogeneity"),
    ],
)
def test_what_crashed_or_hung_or_gave_nan_is_refused(call, says):
    with pytest.raises((TypeError, ValueError), match=says):
        call()


def test_a_name_with_a_colon_is_one_letter():
    assert [letter.name for letter in replicator(sp.eye(2), names=("1:9", "2")).x] == ["z_1:9", "z_2"]


def rng():
    return np.random.default_rng(0)


def moved_to(region):
    graph = nx.DiGraph([(0, 1, {"alpha": 0.2})])
    nx.set_node_attributes(graph, {0: "A", 1: "B"}, "region")
    return relocated(graph, [0], region=region, links=1, strength=0.5, rng=rng())


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: date(BaseCase(), p), "phi must be real numbers, got the expression p"),
        (lambda: needed(BaseCase(), p), "V must be real numbers, got the expression p"),
        (lambda: inflow_borne(BaseCase(), {}, p), "V must be real numbers, got the expression p"),
        (lambda: sensitivity(rng=rng(), size=2, measures=0), "measures must hold several entries"),
        (lambda: interactions(BaseCase(), benefit="gain", cut=[]), "cut must be one finite number"),
        (lambda: tipping_dose(BaseCase(), "alliance", cut=[]), "cut must be one finite number"),
        (lambda: BaseCase().at(sp.I), "I must be real, but has complex values"),
        (lambda: Closure(s=np.ones(3), c=HALF, omega=1), "s must be one number beside sympy expressions"),
        (lambda: Closure(s=np.ones(3), c=0.5, omega=1).alpha(phi=HALF), "s must be one number beside sympy"),
        (lambda: Closure(s=1, c=0.5, omega=1).mode(phi=p), "numbers are needed for the letters p"),
        (lambda: Paradigms(4, 1, 6, 3).payoffs(np.ones(3) / 2, z_O=[]), r"payoffs \(3,\), z_O \(0,\) do not broadcast"),
        (lambda: moved_to(np.ones(0)), "region must be a name"),
        (lambda: Proposition("p", {"p > 0": p > 0}, p > 1, where=np.array(0.5)), "where must hold several entries"),
        (
            lambda: links_diagram(None, ((0,),), ((0, 0),), groups=[10**30]),
            "groups must be at most 9223372036854775",
        ),
        (lambda: grid_sweep(len, {"obj": ("a", "b")}, progress=np.ones(0)), "progress must be a bool or NoneType"),
        (lambda: record("one", HUGE, unit="1"), "value must be finite, got inf"),
        (lambda: record("one", 1.0, unit="1", tolerance=HUGE), "tolerance must be positive and finite, got inf"),
        (lambda: Community(units=1, spread=0.5, mean=HUGE), "mean must be between -1e\\+100 and 1e\\+100, got inf"),
        (lambda: alike(0, 2, sp.Float("-0.0")), "h must not be zero"),
        (
            lambda: pair_equilibria(MODEL, Values((1, 1), (1, 1), ((0, 1e300), (1, 0)))),
            "must be at most 1e\\+50 in size",
        ),
        (lambda: heterogeneity(np.ones((2, 2)), np.ones((3, 2))), "do not broadcast against each other"),
        (lambda: heterogeneity((0, 1e300), (0, 0)), "quality and image must be finite, at most 1e"),
        (lambda: network_of(nx.DiGraph([(0, 1, {"alpha": 1.0})]), r=[1, [2, 3]]), "r must be an array of real numbers"),
        (lambda: steady_states(FEEDBACK, tau=5e-324), "tau is too small to be told from no transfer"),
        (lambda: gains_diagram(None, Closure(s=4, c=0, omega=0.25), start=0.75), "no gains up to .* benefit runs away"),
    ],
)
def test_what_later_crashed_or_gave_nan_is_refused(call, says):
    with pytest.raises((TypeError, ValueError), match=says):
        call()


def test_a_step_may_be_a_fraction_of_sympy():
    given = {"tau": 0.5, "sigma": 0.1, "x0": ((0.1, 0.1, 1.0),), "step": HALF}
    assert noisy_paths(FEEDBACK, t=(0, 1, 2), rng=rng(), **given).ended == "finished"
    assert 0 < step_error(FEEDBACK, time=1, rng=rng(), **given) < 0.1


def test_a_branch_does_not_reach_a_parameter_beyond_all_measure():
    branch = equilibrium_branch(System((x,), (p - x**2,)), {}, p, x0=(1.0,), start=1.0, within=(-1, 1))
    assert branch.at(1e300).shape == (0, 1)
    assert branch.at(0.25).shape == (2, 1)


def test_transfer_beyond_all_measure_ends_a_sweep_without_a_warning():
    swept = sweep(FEEDBACK, low=2.0, high=1e300, time=1.5, points=8, seconds=0.2)
    assert swept.ended in ("failed", "finished")


def test_nan_in_outputs_leads_to_nan_where_they_stand():
    assert np.isnan(evaluate(MODEL.x, MODEL, ALONE, (np.nan, 1.0))).tolist() == [True, False]


def test_seconds_and_a_start_may_be_a_fraction_of_sympy():
    assert simulate(MODEL, ALONE, x0=(1, 1), t=(0, 1), seconds=HALF).ended == "finished"
    alpha = ((0, -0.5, -2), (-0.5, 0, -2), (0.1, 0.1, 0))
    assert assemble(Values(r=(1, 1, 1), K=(1, 1, 1), alpha=alpha), seconds=sp.Integer(20)).ended == "finished"
    assert outcome(FEEDBACK, tau=1, x0=(1, 1, 1), seconds=sp.Rational(1, 10**6)).message.startswith("1e-06 s did not")


def test_the_slope_of_compatibility_far_away_is_zero():
    assert ReducedCurve(Closure(s=1, c=0, omega=1), "reciprocal").phi(1e300, derivative=1) == 0


def test_noisy_paths_end_where_numbers_end():
    wild = Feedback(Closure(s=2, c=0.5, omega=0.875), eta=0.5, learning=1)
    paths = noisy_paths(wild, tau=2, sigma=0.1, x0=((0.1, 0.1, 1.0),), t=np.arange(0, 21, 5), step=0.5, rng=rng())
    assert paths.ended == "step too long"
    assert np.isfinite(paths.x[..., paths.t <= paths.reached]).all()

"""Branches of equilibria against systems whose answers are known exactly."""

import numpy as np
import pytest
import sympy as sp

from ecolib import Symbiosis, Values
from ecolib.continuation import ENDS, Limits, bifurcation_diagram, equilibrium_branch, switch
from ecolib.continuation import following as steps
from ecolib.fit import numbers_of
from ecolib.system import System

x, y, p, q, r, K, h = sp.symbols("x y p q r K h", real=True)
FOLD = System((x,), (p - x**2,))
TRANSCRITICAL = System((x,), (p * x - x**2,))
PITCHFORK = System((x,), (p * x - x**3,))
RIM = x**2 + y**2
HOPF = System((x, y), (p * x - y - x * RIM, x + p * y - y * RIM))
A, B = sp.symbols("A B", positive=True)
BRUSSELATOR = System((x, y), (A - (B + 1) * x + x**2 * y, B * x - x**2 * y))


def branch_of(system, x0, start, within=(-1, 1), numbers=None, letter=p, **options):
    return equilibrium_branch(system, numbers or {}, letter, x0=x0, start=start, within=within, **options)


def only(branch):
    (found,) = branch.bifurcations
    return found


def test_a_fold_is_found_and_passed():
    branch = branch_of(FOLD, (1,), 1)
    fold = only(branch)
    assert fold.kind == "fold"
    assert np.abs([*fold.parameter, *fold.x]).max() < 1e-8
    assert branch.ended == ("parameter limit", "parameter limit")
    assert (branch.stable == (branch.x[:, 0] > 0)).all()
    assert np.abs(branch.p - branch.x[:, 0] ** 2).max() < 1e-10


@pytest.mark.parametrize(("sign", "criticality"), [(-1, "supercritical"), (1, "subcritical")])
def test_a_transcritical_point_has_a_criticality_and_another_branch(sign, criticality):
    trivial = branch_of(System((x,), (p * x + sign * x**2,)), (0,), -1)
    crossing = only(trivial)
    assert (crossing.kind, crossing.criticality) == ("transcritical", criticality)
    assert np.abs([*crossing.parameter, *crossing.x]).max() < 1e-8
    assert np.abs(switch(trivial, crossing).at(0.5) + sign * 0.5).max() < 1e-10
    assert (trivial.stable == (trivial.p < 0)).all()


@pytest.mark.parametrize(("sign", "criticality"), [(-1, "supercritical"), (1, "subcritical")])
def test_a_pitchfork_is_told_from_its_normal_form_on_both_branches(sign, criticality):
    trivial = branch_of(System((x,), (p * x + sign * x**3,)), (0,), -1)
    outer = switch(trivial, only(trivial))
    for branch in (trivial, outer):
        assert (only(branch).kind, only(branch).criticality) == ("pitchfork", criticality)
        assert np.abs([*only(branch).parameter, *only(branch).x]).max() < 1e-8
    assert np.allclose(np.sort(outer.at(-sign * 0.25).ravel()), (-0.5, 0.5), atol=1e-9)


@pytest.mark.parametrize(("sign", "criticality"), [(1, "supercritical"), (-1, "subcritical")])
def test_a_pitchfork_may_owe_its_criticality_to_a_letter_that_follows(sign, criticality):
    slaved = System((x, y), (p * x - x * y, -y + sign * x**2))  # y = sign x^2, so x' = p x - sign x^3
    assert only(branch_of(slaved, (0, 0), -0.5)).criticality == criticality


@pytest.mark.parametrize("seed", range(5))
def test_the_lyapunov_coefficient_is_that_of_the_planar_formula(seed):
    c = np.random.default_rng(seed).integers(-5, 6, 14).tolist()
    square, cube = (x**2, x * y, y**2), (x**3, x**2 * y, x * y**2, y**3)
    f = sum(k * term for k, term in zip(c[:7], (*square, *cube), strict=True))
    g = sum(k * term for k, term in zip(c[7:], (*square, *cube), strict=True))
    hopf = only(branch_of(System((x, y), (p * x - 2 * y + f, 2 * x + p * y + g)), (0, 0), -0.01, (-0.02, 0.02)))
    (fxx, fxy, fyy), (gxx, gxy, gyy) = ([2 * h[0], h[1], 2 * h[2]] for h in (c[:3], c[7:10]))
    mixed = fxy * (fxx + fyy) - gxy * (gxx + gyy) - fxx * gxx + fyy * gyy
    exact = (6 * c[3] + 2 * c[5] + 2 * c[11] + 6 * c[13] + mixed / 2) / 16
    assert abs(hopf.coefficient - 2 * exact / 2) < 1e-6 * (1 + abs(exact))


@pytest.mark.parametrize(("sign", "criticality"), [(1, "supercritical"), (-1, "subcritical")])
def test_a_hopf_point_has_a_frequency_and_a_criticality(sign, criticality):
    field = (p * x - 3 * y - sign * x * RIM, 3 * x + p * y - sign * y * RIM)
    branch = branch_of(System((x, y), field), (0, 0), -1)
    hopf = only(branch)
    assert (hopf.kind, hopf.criticality) == ("Hopf", criticality)
    assert abs(hopf.parameter[0]) < 1e-8
    assert abs(hopf.frequency - 3) < 1e-8
    assert abs(hopf.coefficient + sign * 2 / 3) < 1e-8  # four times the cubic coefficient, over twice omega
    assert (branch.unstable == 2 * (branch.p > 0)).all()


def test_a_neutral_saddle_is_no_hopf_point():
    saddle = System((x, y), ((p + 1) * x, -y + x**2))
    assert branch_of(saddle, (0, 0), 0.5, within=(-0.5, 0.5)).bifurcations == ()


@pytest.mark.parametrize("a", [0.4, 1, 1.7])
def test_the_brusselator_turns_where_it_must(a):
    branch = branch_of(BRUSSELATOR, (a, 1 / a), 0.5, (0.2, 6), {A: a}, B)
    assert only(branch).kind == "Hopf"
    assert abs(only(branch).parameter[0] - (1 + a**2)) < 1e-8
    assert abs(only(branch).frequency - a) < 1e-8
    assert only(branch).criticality == "supercritical"


@pytest.mark.parametrize(("rate", "capacity"), [(1, 1), (0.3, 1), (2.0, 50.0), (1.5, 0.02)])
def test_harvest_folds_at_a_quarter_of_rate_times_capacity(rate, capacity):
    harvest = System((x,), (r * x * (1 - x / K) - h,))
    top = rate * capacity
    branch = branch_of(harvest, (capacity,), 0, (0, top), {r: rate, K: capacity}, h)
    assert abs(only(branch).parameter[0] - top / 4) < 1e-8 * top
    assert abs(only(branch).x[0] - capacity / 2) < 1e-8 * capacity


def test_a_symbiosis_meets_exclusion_at_a_coefficient_of_minus_one():
    model = Symbiosis.of(units=2)
    numbers = numbers_of(model, Values(r=(1, 0.7), K=(100, 20), alpha=((0, 0.5), (0.3, 0))))
    b = model.alpha[1, 0]
    del numbers[b]
    branch = branch_of(model, (120, 30), 0.3, (-3, 1.5), numbers, b)
    assert (only(branch).kind, only(branch).criticality) == ("transcritical", "supercritical")
    assert abs(only(branch).parameter[0] + 1) < 1e-8
    assert branch.ended == ("state limit", "parameter limit")
    alone = switch(branch, only(branch))
    assert np.abs(alone.x[:, 1]).max() < 1e-12
    assert (alone.stable == (alone.p < -1)).all()


def test_a_symbiosis_that_escapes_to_infinity_ends_there():
    model = Symbiosis.of(units=2)
    numbers = numbers_of(model, Values(r=(1, 1), K=(1, 1), alpha=((0, 0.5), (0.5, 0))))
    b = model.alpha[1, 0]
    del numbers[b]
    branch = branch_of(model, (2, 2), 0.5, (0, 3), numbers, b)
    assert "escaped" in branch.ended
    assert abs(branch.p.max() - 2) < 1e-4
    assert branch.bifurcations == ()


def test_may_leonard_turns_at_the_exact_coefficient():
    model = Symbiosis.of(units=3)
    a, b = sp.Rational(4, 5), sp.Symbol("beta", positive=True)  # a + b = 2 is where the centre turns
    ring = {model.alpha[0, 1]: -a, model.alpha[1, 2]: -a, model.alpha[2, 0]: -a}
    ring |= {model.alpha[0, 2]: -b, model.alpha[1, 0]: -b, model.alpha[2, 1]: -b}
    ones = dict.fromkeys((*model.r, *model.K), 1.0)
    inside = 1 / (1 + 0.8 + 1)
    branch = branch_of(model.at(ring), (inside,) * 3, 1.0, (0.9, 1.5), ones, b)
    assert [found.kind for found in branch.bifurcations] == ["Hopf"]
    assert abs(only(branch).parameter[0] - 1.2) < 1e-8


def test_a_closed_branch_is_followed_once():
    circle = System((x,), (x**2 + p**2 - 1,))
    branch = branch_of(circle, (1,), 0, (-2, 2))
    assert branch.ended == ("closed", "closed")
    assert [found.kind for found in branch.bifurcations] == ["fold", "fold"]
    assert sorted(round(float(found.parameter[0]), 8) for found in branch.bifurcations) == [-1, 1]


def test_the_ends_of_a_branch_are_the_ends_of_the_range():
    branch = branch_of(PITCHFORK, (0,), -0.3)
    assert (branch.p[0], branch.p[-1]) == (-1, 1)
    boxed = branch_of(FOLD, (1,), 1, box={x: (-0.5, 2)})
    assert boxed.ended == ("state limit", "parameter limit") or boxed.ended == ("parameter limit", "state limit")
    assert abs(boxed.x.min() + 0.5) < 1e-9


def test_what_lies_beyond_the_range_is_not_reported():
    assert branch_of(FOLD, (1,), 1, box={x: (1e-3, 2)}).bifurcations == ()
    assert branch_of(TRANSCRITICAL, (0,), -1, (-1, -1e-3)).bifurcations == ()


def test_a_bifurcation_lies_between_the_points_that_it_names():
    s_shaped = System((x,), (p + x - x**3,))
    for start in ((-1.5, -1), (0, 0), (1.5, 1)):
        branch = branch_of(s_shaped, (start[0],), start[1], (-2, 2))
        assert len(branch.bifurcations) == 2
        for found in branch.bifurcations:
            low, high = sorted(branch.x[found.after : found.after + 2, 0])
            assert low <= found.x[0] <= high


def test_the_states_at_an_end_of_the_range_are_known():
    branch = branch_of(FOLD, (1,), 1)
    assert np.allclose(np.sort(branch.at(1).ravel()), (-1, 1), atol=1e-9)
    assert branch.at(-0.5).shape == (0, 1)


def test_a_letter_that_is_not_negative_stays_so():
    n = sp.Symbol("n", nonnegative=True)
    branch = branch_of(System((n,), (n * (p - n),)), (0.5,), 0.5)
    assert branch.x.min() == 0
    assert "state limit" in branch.ended


@pytest.mark.parametrize(
    ("limits", "ended"),
    [(Limits(steps=5), "out of steps"), (Limits(seconds=1e-9), "out of time")],
)
def test_a_branch_that_runs_out_says_so(limits, ended):
    branch = branch_of(FOLD, (1,), 1, limits=limits)
    assert ended in branch.ended
    assert ENDS[ended] in branch.message


def test_a_branch_that_leaves_the_domain_of_its_field_stops_there():
    branch = branch_of(System((x,), (sp.sqrt(p) - x,)), (1,), 1, (-1, 2))
    assert branch.ended[0] == "step too small"
    assert 0 <= branch.p.min() < 1e-3


def test_an_interrupted_branch_keeps_what_is_done(monkeypatch):
    count, taken = iter(range(30)), steps._attempt

    def attempt(*arguments, **options):
        if next(count, None) is None:
            raise KeyboardInterrupt
        return taken(*arguments, **options)

    monkeypatch.setattr(steps, "_attempt", attempt)
    branch = branch_of(FOLD, (1,), 1)
    assert "interrupted" in branch.ended
    assert branch.p.size > 5


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"x0": (np.nan,)}, ValueError, "x0 must hold one finite number for each of x"),
        ({"x0": (1, 2)}, ValueError, "x0 must hold one finite number"),
        ({"x0": "1"}, TypeError, "x0 must be an array of real numbers"),
        ({"start": 7}, ValueError, r"the start p = 7 must be within -1 and 1"),
        ({"start": -0.5}, ValueError, r"no equilibrium was found near \[1\.0\] at p = -0\.5"),
        ({"within": (1, -1)}, ValueError, "the range of p must be two finite numbers in order"),
        ({"within": (0, np.inf)}, ValueError, "the range of p must be two finite numbers in order"),
        ({"numbers": {q: 1}}, ValueError, "unknown: q"),
        ({"letter": q}, ValueError, "q cannot be continued: the parameters are p"),
        ({"box": {y: (0, 1)}}, ValueError, "the box names y; the state has x"),
        ({"box": {x: (1, 0)}}, ValueError, "the range of x must be two numbers in order"),
    ],
)
def test_bad_input_is_refused_at_the_door(change, error, says):
    given = {"x0": (1,), "start": 1, "within": (-1, 1), "numbers": {}, "letter": p} | change
    with pytest.raises(error, match=says):
        branch_of(FOLD, **given)


@pytest.mark.parametrize("options", [{"first": 0}, {"most": np.nan}, {"steps": 0}, {"seconds": -1}, {"least": 1}])
def test_limits_are_checked(options):
    with pytest.raises(ValueError, match=r"must be|need"):
        Limits(**options)


def test_a_start_on_a_branch_point_is_refused_and_so_is_switching_at_a_fold():
    with pytest.raises(ValueError, match=r"p = 0 is a branch point"):
        branch_of(TRANSCRITICAL, (0,), 0)
    branch = branch_of(FOLD, (1,), 1)
    with pytest.raises(ValueError, match="no branch crosses at a fold"):
        switch(branch, only(branch))


def test_a_diagram_follows_every_branch_once():
    field = x * (p - x) * (x - 2) * (x + 2 + p**2)
    diagram = bifurcation_diagram(System((x,), (field,)), {}, p, within=(-1, 3))
    assert len(diagram.branches) == 4
    assert diagram.complete
    assert [(b.kind, round(float(b.parameter[0]), 8)) for b in diagram.bifurcations] == [
        ("transcritical", 0),
        ("transcritical", 2),
    ]
    assert np.allclose(diagram.at(1).ravel(), (-3, 0, 1, 2), atol=1e-9)


def test_a_diagram_of_a_field_that_is_not_rational_needs_starts():
    system = System((x,), (p - x * sp.exp(-x),))
    with pytest.raises(ValueError, match="not rational in the state"):
        bifurcation_diagram(system, {}, p, within=(0.1, 1))
    diagram = bifurcation_diagram(system, {}, p, within=(0.1, 1), starts=[((0.1,), 0.1), ((3.0,), 0.1)])
    assert len(diagram.branches) == 1
    assert abs(diagram.bifurcations[0].parameter[0] - np.exp(-1)) < 1e-8

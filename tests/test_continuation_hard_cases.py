"""Where continuation could go wrong silently: units, crossings that are none, points that coincide, bad numbers."""

import numpy as np
import pytest
import sympy as sp

from ecolib import Symbiosis, Values
from ecolib.continuation import Limits, bifurcation_curve, bifurcation_diagram, equilibrium_branch
from ecolib.extensions import Pair, obligate, saturating
from ecolib.fit import numbers_of
from ecolib.system import System

x, y, z, p = sp.symbols("x y z p", real=True)
ROUND = x**2 + y**2


def followed(state, field, x0, start=-1.0, within=(-1.0, 1.0)):
    return equilibrium_branch(System(state, field), {}, p, x0=x0, start=start, within=within)


@pytest.mark.parametrize("capacities", [(1, 1), (10, 1), (1e4, 1), (1, 1e4)])
@pytest.mark.parametrize(("a", "wanted"), [(-0.5, "supercritical"), (-1.5, "subcritical"), (0.5, "supercritical")])
def test_units_of_output_do_not_decide_the_criticality_of_an_exclusion(a, wanted, capacities):
    model = Symbiosis.of(units=2)  # with a < -1 the newcomer lives only where it cannot invade: the start decides
    numbers = numbers_of(model, Values(r=(1, 1), K=capacities, alpha=((0, a), (-0.5, 0))))
    b = model.alpha[1, 0]
    del numbers[b]
    branch = equilibrium_branch(model, numbers, b, x0=(capacities[0], 0), start=-0.5, within=(-2, 0.5))
    (point,) = branch.bifurcations
    assert (point.kind, point.criticality) == ("transcritical", wanted)
    assert point.parameter[0] == pytest.approx(-1, abs=1e-12)


@pytest.mark.parametrize("field", [10**7 * p * x - x**2, p * x - x**2 / 10**7, p * x - x**2 * 10**7])
def test_a_transcritical_point_is_one_in_every_unit(field):
    (point,) = followed((x,), (field,), (0.0,)).bifurcations
    assert (point.kind, point.criticality) == ("transcritical", "supercritical")


@pytest.mark.parametrize("gap", [1e-3, 1e-5, 1e-8])
def test_branches_that_pass_each_other_closely_do_not_cross(gap):
    branch = followed((x,), (gap + p * x - x**3,), (0.0,))
    assert (branch.bifurcations, branch.unresolved) == ((), ())
    assert np.all(branch.x > 0)
    assert branch.stable.all()  # the branch bends away and stays stable


@pytest.mark.parametrize("gap", [1e-4, 1e-6, 1e-8])
def test_a_broken_transcritical_point_is_a_fold(gap):
    (fold,) = followed((x,), (p * x - x**2 - gap,), (0.0,)).bifurcations
    assert fold.kind == "fold"
    assert fold.parameter[0] == pytest.approx(-2 * gap**0.5, rel=1e-6)


@pytest.mark.parametrize("apart", [1e-2, 1e-4])
def test_two_crossings_in_one_step_are_both_found(apart):
    branch = followed((x, y), (x * (p - x), y * (p - apart - y)), (0.0, 0.0))
    assert [one.kind for one in branch.bifurcations] == ["transcritical"] * 2
    assert [one.parameter[0] for one in branch.bifurcations] == pytest.approx([0, apart], abs=1e-12)


def test_a_start_on_a_fold_finds_it():
    branch = followed((x,), (p - x**2,), (0.0,), start=0.0)
    (fold,) = branch.bifurcations
    assert (fold.kind, branch.unresolved) == ("fold", ())
    assert fold.parameter[0] == pytest.approx(0, abs=1e-12)
    assert sorted(branch.x[[0, -1], 0]) == pytest.approx([-1, 1])


def test_a_pitchfork_met_along_its_curved_branch_leaves_nothing_unresolved():
    branch = followed((x,), (p * x - x**3,), (1.0,), start=1.0)
    assert [one.kind for one in branch.bifurcations] == ["pitchfork"]
    assert branch.unresolved == ()


def test_a_change_of_stability_that_no_point_explains_is_unresolved():
    field = (p * x - y - x * ROUND, x + p * y - y * ROUND, p * z - z**2)  # a crossing on top of a Hopf point
    assert followed((x, y, z), field, (0.0, 0.0, 0.0)).unresolved == pytest.approx([0], abs=1e-5)


@pytest.mark.parametrize("damping", [0, ROUND**2])
def test_a_hopf_point_whose_coefficient_vanishes_has_no_criticality(damping):
    (point,) = followed((x, y), (p * x - y - x * damping, x + p * y - y * damping), (0.0, 0.0)).bifurcations
    assert (point.kind, point.criticality, point.coefficient) == ("Hopf", "", 0.0)


@pytest.mark.parametrize("field", [x**9 - p, p / x - 1])
def test_a_guess_from_which_newton_leaves_all_numbers_is_refused(field):
    with pytest.raises(ValueError, match="no equilibrium was found"):
        followed((x,), (field,), (1e-5 if field.is_polynomial() else 0.0,), start=0.5)


@pytest.mark.parametrize("field", [p - sp.floor(x), p - sp.Function("g")(x)])
def test_a_field_without_derivatives_is_refused(field):
    with pytest.raises(ValueError, match="must have derivatives"):
        followed((x,), (field,), (0.5,))


def test_a_kink_ends_a_branch_and_is_no_error():
    assert followed((x, y), (p - x**2 - sp.Abs(y), x - y), (1.0, 1.0), 2.0, (-1.0, 3.0)).ended[0] == "step too small"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"start": "1"}, TypeError),
        ({"start": None}, TypeError),
        ({"start": np.nan}, ValueError),
        ({"box": {x: (1,)}}, ValueError),
        ({"box": {x: 3}}, ValueError),
        ({"box": [x]}, TypeError),
        ({"limits": 3}, TypeError),
        ({"x0": (1e300,)}, ValueError),
        ({"system": 3}, TypeError),
    ],
)
def test_what_cannot_be_followed_is_refused(change, error):
    given = {"system": System((x,), (p - x**2,)), "x0": (1.0,), "start": 1.0, "within": (-1, 1)} | change
    with pytest.raises(error, match=r"must|no equilibrium"):
        equilibrium_branch(given.pop("system"), {}, p, **given)


def test_steps_are_counted_in_whole_numbers():
    with pytest.raises(TypeError, match="steps must be an integer"):
        Limits(steps=1.5)


def test_capacities_of_very_different_size_hide_no_branch():
    model = Symbiosis.of(units=2)
    numbers = numbers_of(model, Values(r=(1, 1), K=(1e-3, 1e3), alpha=((0, -0.5), (-0.5, 0))))
    b = model.alpha[1, 0]
    del numbers[b]
    diagram = bifurcation_diagram(model, numbers, b, within=(-2, 0.5))
    assert [(one.kind, one.criticality) for one in diagram.bifurcations] == [("transcritical", "supercritical")]
    assert diagram.at(0.0) == pytest.approx(np.array([[0, 0], [0, 1e3], [5e-4, 1e3], [1e-3, 0]]), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("capacities", [(1, 1), (1e3, 1e-3), (1e-2, 1e4)])
def test_the_folds_of_a_newcomer_form_their_exact_curve_in_every_unit(capacities):
    model = obligate(saturating(Symbiosis.of(units=2), h=sp.Rational(1, 4)), units=(1,))
    a, b = model.alpha[0, 1], model.alpha[1, 0]
    numbers = dict.fromkeys(model.r, 1) | dict(zip(model.K, capacities, strict=True)) | {a: 3}
    diagram = bifurcation_diagram(model, numbers, b, within=(0.9, 1.6))
    branch, fold = next((one, q) for one in diagram.branches for q in one.bifurcations if q.kind == "fold")
    curve = bifurcation_curve(branch, fold, a, within=(1.5, 4))
    exact = [float(Pair.of(model).fold.subs(a, value)) for value in curve.p[:, 1]]
    assert curve.p[:, 0] == pytest.approx(exact, abs=1e-10)
    assert sorted(curve.p[[0, -1], 1]) == pytest.approx([1.5, 4])

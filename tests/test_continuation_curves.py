"""Curves of folds and Hopf points over two parameters, against exact curves; no spurious points on random fields."""

import numpy as np
import pytest
import sympy as sp

from ecolib.continuation import Limits, bifurcation_curve, bifurcation_diagram, equilibrium_branch
from ecolib.enumeration import enumerate_equilibria
from ecolib.system import System

x, y, a, b, p, r, q = sp.symbols("x y a b p r q", real=True)
A, B = sp.symbols("A B", positive=True)
CUSP = System((x,), (a + b * x - x**3,))
BRUSSELATOR = System((x, y), (A - (B + 1) * x + x**2 * y, B * x - x**2 * y))
BUDWORM = System((x,), (r * x * (1 - x / q) - x**2 / (1 + x**2),))
TAKENS = System((x, y), (y, a + b * y + x**2 + x * y))


def cusp_branch():
    return equilibrium_branch(CUSP, {b: 1}, a, x0=(-1.3,), start=-1, within=(-2, 2))


def test_the_folds_of_the_cusp_form_its_exact_curve():
    branch = cusp_branch()
    for fold in branch.bifurcations:
        curve = bifurcation_curve(branch, fold, b, within=(-1, 1.5))
        assert np.abs(27 * curve.p[:, 0] ** 2 - 4 * curve.p[:, 1] ** 3).max() < 1e-8
        assert [found.kind for found in curve.bifurcations] == ["cusp"]
        assert np.abs([*curve.bifurcations[0].parameter, *curve.bifurcations[0].x]).max() < 1e-8
        assert curve.p[:, 1].max() == 1.5


def test_the_folds_of_the_budworm_form_their_exact_curve():
    branch = equilibrium_branch(BUDWORM, {q: 10}, r, x0=(0.3,), start=0.2, within=(0.1, 1), box={x: (1e-3, 50)})
    assert [found.kind for found in branch.bifurcations] == ["fold", "fold"]
    for fold in branch.bifurcations:
        curve = bifurcation_curve(branch, fold, q, within=(2, 40))
        z = curve.x[:, 0]
        assert np.abs(curve.p[:, 0] - 2 * z**3 / (1 + z**2) ** 2).max() < 1e-8
        assert np.abs(curve.p[:, 1] / (2 * z**3 / (z**2 - 1)) - 1).max() < 1e-8
        (cusp,) = curve.bifurcations
        assert abs(cusp.x[0] - np.sqrt(3)) < 1e-8
        assert np.abs(cusp.parameter - (3 * np.sqrt(3) / 8, 3 * np.sqrt(3))).max() < 1e-8


def test_the_hopf_line_of_the_brusselator_is_a_parabola():
    branch = equilibrium_branch(BRUSSELATOR, {A: 1.3}, B, x0=(1.3, 1 / 1.3), start=1, within=(0.5, 5))
    curve = bifurcation_curve(branch, branch.bifurcations[0], A, within=(0.2, 2))
    assert curve.kind == "Hopf"
    assert np.abs(curve.p[:, 0] - 1 - curve.p[:, 1] ** 2).max() < 1e-8
    assert np.abs(curve.frequency - curve.p[:, 1]).max() < 1e-8
    assert sorted(curve.p[[0, -1], 1].tolist()) == [0.2, 2]


def test_a_bogdanov_takens_point_is_flagged_on_both_curves():
    branch = equilibrium_branch(TAKENS, {b: 0.5}, a, x0=(-1, 0), start=-1, within=(-2, 0.5))
    curves = {found.kind: bifurcation_curve(branch, found, b, within=(-1, 1)) for found in branch.bifurcations}
    assert set(curves) == {"fold", "Hopf"}
    for curve in curves.values():
        assert [found.kind for found in curve.bifurcations] == ["Bogdanov-Takens"]
        assert np.abs([*curve.bifurcations[0].parameter, *curve.bifurcations[0].x]).max() < 1e-8
    hopf = curves["Hopf"]
    assert np.abs(hopf.p[:, 0] + hopf.p[:, 1] ** 2).max() < 1e-8  # at x = -b, where the trace b + x is zero
    assert "last of its kind" in hopf.ended


def test_a_cusp_lies_between_the_points_that_it_names():
    branch = cusp_branch()
    for fold in branch.bifurcations:
        curve = bifurcation_curve(branch, fold, b, within=(-1, 1.5))
        (cusp,) = curve.bifurcations
        low, high = sorted(curve.x[cusp.after : cusp.after + 2, 0])
        assert low <= cusp.x[0] <= high


def test_a_curve_that_runs_out_of_steps_says_so():
    branch = cusp_branch()
    curve = bifurcation_curve(branch, branch.bifurcations[0], b, within=(-1, 1.5), limits=Limits(steps=3))
    assert curve.ended == ("out of steps", "out of steps")
    assert "did not suffice" in curve.message


def test_a_range_of_the_first_parameter_can_be_given():
    branch = cusp_branch()
    curve = bifurcation_curve(branch, branch.bifurcations[0], b, within=(0, 9), first_within=(0, 5))
    assert abs(curve.p[:, 0].max() - 5) < 1e-9


@pytest.mark.parametrize(
    ("other", "within", "first", "says"),
    [
        (a, (-1, 1), None, "two different parameters are needed, got a twice"),
        (x, (-1, 1), None, "x cannot be continued: the parameters are a, b"),
        (b, (2, 3), None, "the curve starts at b = 1, which is not within 2 and 3"),
        (b, (-1, np.nan), None, "the range of b must be two finite numbers"),
        (b, (-1, 1), (5, 6), "the curve starts at a = 0.3849"),
    ],
)
def test_bad_input_to_a_curve_is_refused(other, within, first, says):
    branch = cusp_branch()
    with pytest.raises(ValueError, match=says):
        bifurcation_curve(branch, branch.bifurcations[0], other, within=within, first_within=first)


def test_curves_start_from_folds_and_hopf_points_only():
    crossing = equilibrium_branch(System((x,), (a * x - b * x**2,)), {b: 1}, a, x0=(0,), start=-1, within=(-1, 1))
    with pytest.raises(ValueError, match="curves are followed from folds and Hopf points, got a transcritical"):
        bifurcation_curve(crossing, crossing.bifurcations[0], b, within=(0, 2))


def random_field(rng, letters, degree):
    """A polynomial field with coefficients in tenths and a parameter that moves it."""
    powers = [k for k in np.ndindex(*(degree + 1,) * len(letters)) if sum(k) <= degree]

    def polynomial():
        terms = (sp.prod(z ** int(k) for z, k in zip(letters, power, strict=True)) for power in powers)
        return sum(
            sp.Rational(int(c), 10) * term for c, term in zip(rng.integers(-10, 11, len(powers)), terms, strict=True)
        )

    field = [polynomial() for _ in letters]
    field[0] += p
    field[-1] += p * letters[0] * sp.Rational(int(rng.integers(-10, 11)), 10)
    return System(letters, tuple(field))


def exact_places(system, condition):
    """All points, in the box of the test, where the field and a condition vanish."""
    whole = enumerate_equilibria(System((*system.x, p), (*system.field, condition)), {})
    assert whole.complete
    return whole.x[(np.abs(whole.x[:, -1]) < 1) & (np.abs(whole.x[:, :-1]) < 5).all(axis=1)]


def far(points, others):
    return [z for z in points if not any(np.abs(z - other).max() < 1e-8 for other in others)]


@pytest.mark.parametrize("case", range(50))
def test_on_random_fields_every_point_found_is_one_and_branches_are_the_equilibria(case):
    rng = np.random.default_rng([2026, case])
    letters, degree = [((x,), 5), ((x, y), 2), ((x, y), 2), ((x, y), 2), ((x, y), 3)][case % 5]
    system = random_field(rng, letters, degree)
    diagram = bifurcation_diagram(system, {}, p, within=(-1, 1), box=dict.fromkeys(letters, (-5, 5)))
    assert not any(branch.unresolved for branch in diagram.branches)
    found = {
        hopf: [np.append(b.x, b.parameter) for b in diagram.bifurcations if (b.kind == "Hopf") == hopf]
        for hopf in (0, 1)
    }
    assert far(found[0], exact_places(system, system.jacobian.det())) == []
    if len(letters) == 2:
        assert far(found[1], exact_places(system, system.jacobian.trace())) == []
    value = float(rng.uniform(-0.9, 0.9))
    known = enumerate_equilibria(system, {p: value}).x
    reached = diagram.at(value)
    assert far(reached, known) == []


def test_on_random_fields_no_fold_of_a_branch_is_missed():
    """A branch that is born and dies between the starting values may be missed, and is the only thing that may."""
    missed = total = 0
    for case in range(8):
        system = random_field(np.random.default_rng([7, case]), (x, y), 2)
        diagram = bifurcation_diagram(system, {}, p, within=(-1, 1), box={x: (-5, 5), y: (-5, 5)})
        found = [np.append(b.x, b.parameter) for b in diagram.bifurcations if b.kind != "Hopf"]
        places = exact_places(system, system.jacobian.det())
        on_branches = [
            z for z in places if any(np.abs(other - z[:-1]).max() < 0.2 for br in diagram.branches for other in br.x)
        ]
        missed, total = missed + len(far(on_branches, found)), total + len(places)
    assert missed == 0
    assert total > 5

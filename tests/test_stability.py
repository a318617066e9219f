import numpy as np
import pytest
import sympy as sp
from draws import MODELS, batch, holds

from ecolib import Stability, Symbiosis, Values, eigenvalues, equilibria, stable

POINTS = {n: equilibria(MODELS[n]) for n in range(1, 6)}
BOTH = POINTS[2][-1]


def pair(a, b, r=(1, 1)):
    return Values(r=r, K=(1, 1), alpha=((0, a), (b, 0)))


def test_two_units_are_stable_together_when_the_determinant_is_positive():
    a, b = sp.symbols("alpha_12 alpha_21", real=True)
    assert sp.expand(stable(BOTH).lhs - (1 - a * b)) == 0
    assert stable(BOTH).rhs == 0


def test_one_unit_withstands_another_that_cannot_invade():
    condition = stable(POINTS[2][1])
    b = sp.Symbol("alpha_21", real=True)
    assert [bool(condition.subs(b, value)) for value in (-2, -1, 0)] == [True, False, False]


def test_nothing_is_never_stable():
    assert stable(POINTS[3][0]) == sp.false


@pytest.mark.parametrize("units", [2, 3, 4])
def test_conditions_in_letters_agree_with_eigenvalues_for_every_support(units):
    draws = batch(np.random.default_rng(units), 2000, units, low=-1.6, high=0.9)
    for point in POINTS[units][1:]:
        kinds, condition = stable(point, draws), stable(point)
        attracts = np.array([bool(kind) for kind in kinds])
        decided = ~np.isin(kinds, [Stability.INFEASIBLE, Stability.UNDECIDED])
        for answer in (True, False):
            some = np.flatnonzero(decided & (attracts == answer))[:20]
            assert [holds(condition, MODELS[units], draws[k]) for k in some] == [answer] * 20


@pytest.mark.parametrize("units", [2, 3])
def test_conditions_in_letters_agree_with_eigenvalues_when_rates_differ_widely(units):
    rng = np.random.default_rng(10 + units)
    draws = batch(rng, 300, units, low=-1.6, high=0.9)
    draws = Values(r=10.0 ** rng.uniform(-6, 6, (300, units)), K=draws.K, alpha=draws.alpha)
    point, condition = POINTS[units][-1], stable(POINTS[units][-1])
    kinds = stable(point, draws)
    feasible = np.flatnonzero(kinds != Stability.INFEASIBLE)
    assert Stability.UNDECIDED not in set(kinds[feasible])
    assert [holds(condition, MODELS[units], draws[k]) for k in feasible] == [bool(kinds[k]) for k in feasible]


@pytest.mark.parametrize(("strength", "answer"), [(1, False), (0.83, False), (0.81, True)])
def test_conditions_in_letters_see_four_units_that_turn_away_from_rest(strength, answer):
    """The chaotic competitors of Vano et al. spiral away from their equilibrium; with less competition they rest."""
    a = np.array([[0, 1.09, 1.52, 0], [0, 0, 0.44, 1.36], [2.33, 0, 0, 0.47], [1.21, 0.51, 0.35, 0]])
    values = Values(r=(1, 0.72, 1.53, 1.27), K=np.ones(4), alpha=-strength * a)
    assert holds(POINTS[4][-1].feasible, MODELS[4], values)
    assert holds(stable(POINTS[4][-1]), MODELS[4], values) is answer
    assert bool(stable(POINTS[4][-1], values)) is answer


def test_conditions_in_letters_do_not_mix_up_the_letters_of_the_user():
    u = sp.symbols("u_:3", positive=True)
    model = Symbiosis.of(alpha=sp.Matrix([[0, -u[0], -u[1]], [-u[1], 0, -u[0]], [-u[0], -u[1], 0]]))
    condition = stable(equilibria(model)[-1]).subs(dict.fromkeys(model.r, 1))
    answers = [bool(condition.subs({u[0]: alpha, u[1]: beta})) for alpha, beta in ((0.8, 0.7), (0.8, 1.3))]
    assert answers == [True, False]


def test_conditions_in_letters_are_polynomial():
    for point in POINTS[4]:
        for relation in stable(point).atoms(sp.core.relational.Relational):
            assert isinstance(relation, sp.StrictGreaterThan)
            assert relation.lhs.is_polynomial()


def test_more_than_four_present_units_have_no_condition_in_letters():
    with pytest.raises(ValueError, match="5 units are present: conditions in letters are for up to 4, give values"):
        stable(POINTS[5][-1])
    five = Values(r=np.ones(5), K=np.ones(5), alpha=-0.1 * (1 - np.eye(5)))
    assert stable(POINTS[5][-1], five) is Stability.STABLE_NODE


@pytest.mark.parametrize(
    ("point", "values", "kind"),
    [
        (0, pair(0.5, 0.5), Stability.UNSTABLE_NODE),
        (1, pair(0.5, 0.5), Stability.SADDLE),
        (3, pair(0.5, 0.5), Stability.STABLE_NODE),
        (3, pair(3, -0.5, r=(1, 4)), Stability.STABLE_FOCUS),
        (3, pair(-2, -2), Stability.SADDLE),
        (1, pair(-2, -2), Stability.STABLE_NODE),
        (3, pair(2, 2), Stability.INFEASIBLE),
        (3, pair(-2, 0), Stability.INFEASIBLE),
        (3, pair(2, 0.5), Stability.INFEASIBLE),
        (1, pair(0, -1), Stability.UNDECIDED),
        (1, pair(0, -1 + 1e-12), Stability.UNDECIDED),
        (1, pair(0, -1 - 1e-6), Stability.STABLE_NODE),
        (1, pair(0, -1 + 1e-6), Stability.SADDLE),
        (3, pair(0, -1 + 1e-12), Stability.UNDECIDED),
    ],
)
def test_kinds_of_equilibria(point, values, kind):
    assert stable(POINTS[2][point], values) is kind


def test_only_stable_kinds_are_true():
    assert [kind for kind in Stability if kind] == [Stability.STABLE_NODE, Stability.STABLE_FOCUS]


def test_a_double_eigenvalue_is_a_node():
    """Where the discriminant vanishes, rounding would turn the node into a focus of hardly any frequency."""
    ratio = (3 + 5**0.5) / 2
    assert stable(BOTH, pair(0.5, -0.5, r=(ratio / 3, 1))) is Stability.STABLE_NODE
    assert stable(BOTH, pair(0.5, -0.5, r=(ratio / 3 * 1.001, 1))) is Stability.STABLE_NODE
    assert stable(BOTH, pair(0.5, -0.5, r=(ratio / 3 * 0.999, 1))) is Stability.STABLE_FOCUS


def test_two_eigenvalues_are_those_of_the_formula():
    r, a, b = np.array([0.7, 1.9]), 0.5, -0.5
    u = np.array([1 + a, 1 + b]) / (1 - a * b)
    trace, determinant = -(r * u).sum(), (r * u).prod() * (1 - a * b)
    expected = np.roots([1, -trace, determinant])
    assert np.allclose(np.sort_complex(eigenvalues(BOTH, pair(a, b, r))), np.sort_complex(expected))


def test_eigenvalues_do_not_depend_on_capacities():
    small, large = (Values(r=(1, 2), K=K, alpha=((0, 0.5), (-0.5, 0))) for K in ((1, 1), (1e-9, 1e9)))
    assert eigenvalues(BOTH, small).tolist() == eigenvalues(BOTH, large).tolist()


def test_invasion_rates_come_after_the_eigenvalues_of_the_present_units():
    numbers = Values(r=(2, 3, 5), K=(1, 1, 1), alpha=((0, -0.5, 0), (0.25, 0, 0), (-0.5, 0, 0)))
    found = eigenvalues(POINTS[3][2], numbers)  # the second unit alone, at 1
    assert np.allclose(found, [-3, 2 * 0.5, 5 * 1])


def test_eigenvalues_are_those_of_the_whole_jacobian():
    draws = batch(np.random.default_rng(7), 20, 3)
    for point in POINTS[3]:
        for k in range(20):
            state = np.linalg.solve(np.eye(3) - draws.alpha[k] * mask(point), mask(point).diagonal())
            growth = 1 - state + draws.alpha[k] @ state
            jacobian = np.diag(draws.r[k] * growth) + np.diag(draws.r[k] * state) @ (draws.alpha[k] - np.eye(3))
            expected = np.sort_complex(np.linalg.eigvals(jacobian))
            assert np.allclose(np.sort_complex(eigenvalues(point, draws[k])), expected, rtol=1e-6, atol=1e-6)


def mask(point):
    present = np.isin(np.arange(3), point.support).astype(float)
    return np.outer(present, present)


def test_eigenvalues_are_unknown_where_there_is_no_equilibrium():
    many = Values(r=(1, 1), K=(1, 1), alpha=[[[0, 2], [0.5, 0]], [[0, 0.5], [0.5, 0]]])
    assert np.isnan(eigenvalues(BOTH, many)).tolist() == [[True, True], [False, False]]


def test_slow_units_beside_fast_ones_are_judged_by_themselves():
    apart = pair(0, 0, r=(1e-6, 1e6))
    assert [bool(stable(point, apart)) for point in POINTS[2]] == [False, False, False, True]
    assert stable(POINTS[2][2], pair(-1 - 1e-6, 0, r=(1e-6, 1e6))) is Stability.STABLE_NODE


def test_what_rounding_hides_is_undecided_and_never_wrong():
    """Two rivals too weak to exclude each other, with rates so far apart that the slow eigenvalue is all rounding."""
    rng = np.random.default_rng(8)
    alpha = -rng.uniform(0.1, 0.9, (2000, 2, 2)) * (1 - np.eye(2))
    kinds = stable(BOTH, Values(r=10.0 ** rng.uniform(-9, 9, (2000, 2)), K=(1, 1), alpha=alpha))
    assert set(kinds) == {Stability.STABLE_NODE, Stability.UNDECIDED}
    assert np.mean(kinds == Stability.STABLE_NODE) > 0.9


def test_kinds_have_the_shape_of_the_batch():
    grid = Values(r=(1, 1), K=(1, 1), alpha=[[[[0, a], [b, 0]] for a in (-2, 0, 2)] for b in (-2, 2)])
    kinds = [[kind.value for kind in row] for row in stable(BOTH, grid)]
    assert kinds == [["saddle", "infeasible", "infeasible"], ["infeasible", "stable node", "infeasible"]]


def test_numbers_must_fit_the_model():
    with pytest.raises(ValueError, match="the model has 2 units, the values have 3"):
        stable(BOTH, Values(r=np.ones(3), K=np.ones(3), alpha=np.zeros((3, 3))))


@pytest.mark.parametrize(("r", "alpha"), [(1e200, 1e200), (1e300, -1e100)])
def test_numbers_beyond_what_floats_can_hold_are_refused(r, alpha):
    far = Values(r=(r, r), K=(1, 1), alpha=((0, alpha), (alpha / 2, 0)))
    with pytest.raises(ValueError, match="too large: the Jacobian at an equilibrium is beyond"):
        eigenvalues(POINTS[2][1], far)

import numpy as np
import pytest
import sympy as sp
from draws import MODELS, batch

from ecolib import REGIMES, Symbiosis, Values, equilibria, regime, regime_map, stable, transitions
from ecolib.numeric import compiled, evaluate

TWO, THREE = MODELS[2], MODELS[3]


def pair(a, b, r=(1, 1)):
    return Values(r=r, K=(1, 1), alpha=((0, a), (b, 0)))


def named(codes):
    return np.array(REGIMES)[codes]


def test_two_units_have_the_regimes_of_the_textbook():
    """By invasion of each unit alone: both, one, or none can invade; both, and too much help is unbounded growth."""
    a, b = np.meshgrid(np.linspace(-3, 3, 61) + 0.013, np.linspace(-3, 3, 61) + 0.017)
    alpha = np.zeros((61, 61, 2, 2))
    alpha[..., 0, 1], alpha[..., 1, 0] = a, b
    first, second = a > -1, b > -1
    expected = np.select(
        [~first & ~second, first ^ second, a * b < 1], ["bistability", "exclusion", "coexistence"], "unbounded growth"
    )
    assert np.array_equal(named(regime_map(TWO, Values(r=(1, 3), K=(5, 1), alpha=alpha))), expected)
    assert set(expected.flat) == set(REGIMES) - {"no point attractor", "undecided"}


@pytest.mark.parametrize(
    ("values", "name", "supports", "attractors", "unbounded"),
    [
        (pair(0.5, 0.5), "coexistence", ((0, 1),), ((2, 2),), False),
        (pair(-2, -0.5), "exclusion", ((1,),), ((0, 1),), False),
        (pair(-2, -2), "bistability", ((0,), (1,)), ((1, 0), (0, 1)), False),
        (pair(2, 2), "unbounded growth", (), (), True),
        (pair(1, 1), "unbounded growth", (), (), True),
        (pair(-1, 0), "undecided", (), (), False),
    ],
)
def test_a_regime_lists_its_attractors(values, name, supports, attractors, unbounded):
    found = regime(TWO, values)
    assert (found.name, found.supports, found.unbounded) == (name, supports, unbounded)
    assert np.allclose(found.attractors, attractors)


def test_attractors_are_in_units_of_output():
    found = regime(TWO, Values(r=(1, 1), K=(100, 1e-3), alpha=((0, 0.5), (0.5, 0))))
    assert np.allclose(found.attractors, [(200, 2e-3)])


def test_an_attractor_may_stand_beside_growth_without_bound():
    """Two units help each other without bound, unless the third, which harms both, is there first."""
    found = regime(THREE, Values(r=np.ones(3), K=np.ones(3), alpha=((0, 2, -5), (2, 0, -5), (-1, -1, 0))))
    assert (found.name, found.supports, found.unbounded) == ("bistability", ((2,),), True)


def test_a_bystander_does_not_stop_growth_without_bound():
    for a in (1, 2):
        alone = Values(r=np.ones(3), K=np.ones(3), alpha=((0, a, 0), (a, 0, 0), (0, 0, 0)))
        assert regime(THREE, alone).name == "unbounded growth"


def test_a_unit_that_profits_from_growth_without_bound_grows_with_it():
    followed = Values(r=(1, 1, 0.1), K=np.ones(3), alpha=((0, 2, 0), (2, 0, 0), (3, 3, 0)))
    assert regime(THREE, followed).name == "unbounded growth"


def test_every_attractor_stands_still_and_is_stable():
    draws = batch(np.random.default_rng(1), 60, 3)
    by_support = {point.support: point for point in equilibria(THREE)}
    for k in range(60):
        found = regime(THREE, draws[k])
        for support, x in zip(found.supports, found.attractors, strict=True):
            assert np.allclose(evaluate(THREE.field, THREE, draws[k], x), 0, atol=1e-9 * max(x))
            assert stable(by_support[support], draws[k])


def test_regimes_of_a_batch_are_those_of_its_members():
    draws = batch(np.random.default_rng(2), 40, 3)
    codes = regime_map(THREE, draws)
    assert codes.shape == (40,)
    assert named(codes).tolist() == [regime(THREE, draws[k]).name for k in range(40)]


def test_the_name_follows_from_attractors_and_boundedness():
    draws = batch(np.random.default_rng(3), 100, 3, low=-4, high=3)
    for k in range(100):
        found = regime(THREE, draws[k])
        outcomes = len(found.attractors) + found.unbounded
        assert (found.name == "bistability") == (outcomes > 1)
        assert (found.name == "no point attractor") == (outcomes == 0)
        assert (found.name == "coexistence") == (found.supports == ((0, 1, 2),) and outcomes == 1)


def test_units_of_very_different_size_keep_their_regime():
    """A large partner feeds a small one that hardly harms it: once taken for growth without bound."""
    fed = Values.from_count_competition((1, 1), (1e-3, 1e6), ((0, -0.1), (5e-10, 0)))
    assert regime(TWO, fed).name == "coexistence"


def test_one_regime_is_for_one_set_of_values():
    with pytest.raises(
        ValueError, match=r"regime takes one parameter set, got a batch of shape \(2,\): use regime_map"
    ):
        regime(TWO, Values(r=(1, 1), K=(1, 1), alpha=np.zeros((2, 2, 2))))


@pytest.mark.parametrize("ask", [regime, regime_map])
def test_a_regime_needs_values_that_fit(ask):
    with pytest.raises(ValueError, match="the model has 3 units, the values have 2"):
        ask(THREE, pair(0, 0))


def test_two_units_have_the_transitions_of_the_textbook():
    a, b = sp.symbols("alpha_12 alpha_21", real=True)
    found = [(place.kind, place.where.lhs, place.between) for place in transitions(TWO)]
    assert found == [
        ("transcritical", b + 1, ((0,), (0, 1))),
        ("transcritical", a + 1, ((1,), (0, 1))),
        ("escape to infinity", 1 - a * b, ((0, 1),)),
    ]


def test_a_transition_says_what_happens_and_where():
    assert repr(transitions(TWO)[0]) == "transcritical at alpha_21 + 1 = 0"


def test_three_units_have_nine_meetings_and_four_escapes():
    kinds = [place.kind for place in transitions(THREE)]
    assert [kinds.count(kind) for kind in ("transcritical", "escape to infinity")] == [9, 4]


def test_what_cannot_change_is_no_transition():
    a = sp.Symbol("a", real=True)
    oneway = Symbiosis.of(alpha=sp.Matrix([[0, a], [0, 0]]))
    assert [place.where.lhs for place in transitions(oneway)] == [a + 1]


def crossings(model, place, size=6000, step=1e-4):
    """Values on both sides of a transition, along random lines in the space of the coefficients."""
    rng = np.random.default_rng(4)
    polynomial = compiled(place.where.lhs, model.alpha)
    start = rng.uniform(-1.6, 1.6, (size, model.units, model.units)) * (1 - np.eye(model.units))
    line = rng.normal(size=start.shape) * (1 - np.eye(model.units))
    low, high = np.zeros(size), np.ones(size)
    crossed = np.sign(polynomial(start)) != np.sign(polynomial(start + line))
    start, line, low, high = start[crossed], line[crossed], low[crossed], high[crossed]
    before = np.sign(polynomial(start))
    for _ in range(50):
        middle = (low + high) / 2
        same = np.sign(polynomial(start + middle[:, None, None] * line)) == before
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    r = rng.uniform(0.5, 2, (len(low), model.units))
    sides = (start + (low + side)[:, None, None] * line for side in (-step, step))
    return [Values(r=r, K=np.ones(model.units), alpha=alpha) for alpha in sides]


def attracting(model, values):
    return {point.support: stable(point, values).astype(bool) for point in equilibria(model)}


@pytest.mark.parametrize(
    ("units", "number"), [(2, k) for k in range(3)] + [(3, k) for k in range(13)], ids=lambda value: str(value)
)
def test_winners_change_where_a_transition_is_crossed(units, number):
    """Where an equilibrium of the transition attracts on one side, it does not on the other."""
    place = transitions(MODELS[units])[number]
    before, after = (attracting(MODELS[units], side) for side in crossings(MODELS[units], place))
    first = place.between[0]
    involved = before[first] | after[first]
    assert involved.sum() > 5
    assert np.mean((before[first] ^ after[first])[involved]) > 0.97  # the rest crosses a second place within the step


@pytest.mark.parametrize("number", range(2))
def test_stability_is_exchanged_where_two_equilibria_meet(number):
    """Where coexistence attracts on one side of a meeting, the unit alone does on the other."""
    place = transitions(TWO)[number]
    before, after = (attracting(TWO, side) for side in crossings(TWO, place))
    alone, together = place.between
    exchanged = (before[together] == after[alone]) & (after[together] == before[alone])
    assert np.mean(exchanged[before[together] | after[together]]) > 0.97


def test_a_singular_ray_along_which_outputs_shrink_is_no_attractor() -> None:
    values = Values(r=(4, 2, 8), K=(1, 1, 1), alpha=((0, -21 / 8, 29 / 8), (-3, 0, 4), (-2, 3, 0)))
    outcome = regime(Symbiosis.of(units=3), values)
    assert (outcome.name, outcome.attractors, outcome.unbounded) == ("exclusion", ((1.0, 0.0, 0.0),), False)

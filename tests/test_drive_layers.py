"""Layers: the identity of synergy, dividends as walks, superadditivity, and friction that breaks it."""

from itertools import product

import numpy as np
import pytest

from ecolib.paper.construction.drive import Layers, Partners, firms_of, three_layers


def random_layers(number, names="abc", units=6, friction=False):
    rng = np.random.default_rng(8)
    for _ in range(number):
        links = {}
        for name in names:
            drawn = rng.exponential(0.08, (units, units)) * (rng.random((units, units)) < 0.3) * (1 - np.eye(units))
            links[name] = -drawn if friction and name == names[-1] else drawn
        yield Layers(links)


def test_synergy_is_what_layers_make_of_gains_that_other_layers_made():
    for layers in [*random_layers(10), *random_layers(10, friction=True)]:
        others = sum(layers.links[k] @ layers.gain(name) for name in layers.links for k in layers.links if k != name)
        assert np.allclose(layers.synergy, np.linalg.solve(np.eye(6) - layers.whole, others), atol=1e-12)


def test_without_friction_the_whole_gains_at_least_the_sum_and_more_exactly_where_walks_mix():
    for layers in random_layers(40):
        assert layers.superadditive
        assert layers.synergy.min() >= -1e-12
        assert np.array_equal(layers.synergy > 1e-12, layers.mixed)
    assert any(not layers.mixed.all() for layers in random_layers(40))


def test_layers_that_never_meet_have_no_synergy():
    one, other = np.zeros((2, 5, 5))
    one[1, 0] = one[2, 1] = other[4, 3] = 0.5
    layers = Layers({"one": one, "other": other})
    assert not layers.mixed.any()
    assert np.allclose(layers.synergy, 0)


def test_walks_that_mix_may_be_long_and_turn_either_way():
    for first, second in (("one", "other"), ("other", "one")):
        links = {name: np.zeros((6, 6)) for name in ("one", "other")}
        links[first][1, 0] = links[second][2, 1] = links[second][3, 2] = links[second][4, 3] = 0.5
        layers = Layers(links)
        assert layers.mixed.tolist() == [False, False, True, True, True, False]
        assert np.array_equal(layers.synergy > 1e-12, layers.mixed)


def test_layers_cannot_be_changed_afterwards():
    layers = Layers({"a": ((0, 0.1), (0, 0))})
    with pytest.raises(TypeError, match="does not support item assignment"):
        layers.links["b"] = np.zeros((2, 2))


def test_dividends_count_the_walks_that_use_exactly_these_layers():
    layers = next(random_layers(1, units=4))
    counted = dict.fromkeys(layers.dividends, 0.0)
    for length in range(1, 9):
        for word in product(layers.links, repeat=length):
            walks = np.ones(4)
            for name in word:
                walks = layers.links[name] @ walks
            key = tuple(name for name in layers.links if name in word)
            counted[key] = counted[key] + walks
    for names, gain in layers.dividends.items():
        assert np.allclose(gain, counted[names], atol=1e-4)


def test_dividends_and_shapley_shares_add_up_to_the_whole():
    for layers in [*random_layers(5), *random_layers(5, friction=True)]:
        total = layers.gain(*layers.links)
        assert np.allclose(sum(layers.dividends.values()), total)
        assert np.allclose(sum(layers.shapley.values()), total)
        assert np.allclose(total - sum(layers.gain(name) for name in layers.links), layers.synergy)


def test_a_friction_layer_makes_the_whole_fall_short_of_the_sum():
    help_, harm = np.full((3, 3), 0.25), np.full((3, 3), -0.1)
    for matrix in (help_, harm):
        np.fill_diagonal(matrix, 0)
    layers = Layers({"industry": help_, "friction": harm})
    assert np.allclose(layers.synergy, 1 / (1 - 0.3) - 1 / (1 - 0.5) - 1 / (1 + 0.2) + 1)
    assert layers.synergy.max() < -0.4
    assert not layers.superadditive


def test_layers_that_are_safe_one_by_one_may_run_away_together():
    one_way = {"there": ((0, 1.2), (0, 0)), "back": ((0, 0), (1.2, 0))}
    layers = Layers(one_way)
    assert [Partners(array).radius for array in layers.links.values()] == [0, 0]
    assert not layers.superadditive
    with pytest.raises(ValueError, match="the units do not live together"):
        layers.gain("there", "back")


def test_one_layer_split_in_two_by_lot_has_synergy_as_well():
    rng = np.random.default_rng(3)
    links = 0.15 * (1 - np.eye(6))
    coin = rng.random((6, 6)) < 0.5
    assert Layers({"heads": links * coin, "tails": links * ~coin}).synergy.min() > 0.5


def test_firms_are_linked_by_contract_industry_and_region():
    region, industry = firms_of(regions=2, industries=3, firms=4)
    layers = three_layers(region, industry, strength=(0.2, 0.3, 0.1), links=5, rng=np.random.default_rng(0))
    firm, line, plane = (layers.links[name] for name in ("firm", "industry", "region"))
    assert np.allclose(line.sum(axis=1), 0.3)
    assert np.allclose(plane.sum(axis=1), 0.1)
    assert firm.sum(axis=1).mean() == pytest.approx(0.2, abs=0.06)
    assert np.all((line > 0) <= (industry[:, None] == industry))
    assert np.all((plane > 0) <= (region[:, None] == region))
    assert np.array_equal(firm, firm.T)


@pytest.mark.parametrize(
    ("error", "call", "message"),
    [
        (TypeError, lambda: Layers([((0,),)]), "links must map names of layers"),
        (ValueError, lambda: Layers({}), "between 1 and 10 layers, got 0"),
        (ValueError, lambda: Layers({"a": ((0,),), "b": np.zeros((2, 2))}), "all layers must link the same units"),
        (ValueError, lambda: Layers({"a": ((0, np.nan), (0, 0))}), "a must be finite"),
        (ValueError, lambda: Layers({"a": ((0,),)}).gain("b"), "a layer must be one of a, got 'b'"),
        (ValueError, lambda: Layers({"a": ((0, 0.1), (0, 0))}).gain("a", "a"), "each layer may be named once"),
        (
            ValueError,
            lambda: firms_of(regions=np.int32(100000), industries=np.int32(100000), firms=1),
            "at most 2000 firms, got 10000000000",
        ),
        (
            TypeError,
            lambda: three_layers((0, 0), (0, 1), strength=(1, 1, 1), links=1, rng=None),
            "rng must be a numpy.random.Generator, got NoneType",
        ),
        (ValueError, lambda: firms_of(regions=0, industries=1, firms=1), "regions must be at least 1, got 0"),
        (ValueError, lambda: firms_of(regions=20, industries=20, firms=20), "at most 2000 firms, got 8000"),
        (TypeError, lambda: firms_of(regions=1.5, industries=1, firms=1), "regions must be an integer"),
        (
            ValueError,
            lambda: three_layers((0, 0), (0, 1), strength=(1, 1), links=1, rng=np.random.default_rng(0)),
            r"strength must have shape \(3,\)",
        ),
        (
            ValueError,
            lambda: three_layers((0, 0), (0, 1), strength=(1, 1, 1), links=9, rng=np.random.default_rng(0)),
            "links must be at most 1",
        ),
    ],
)
def test_what_does_not_fit_is_refused(error, call, message):
    with pytest.raises(error, match=message):
        call()

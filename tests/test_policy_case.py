"""The base case: its letters fall back on the closure, its network on networkx, and wrong numbers are refused."""

import networkx as nx
import numpy as np
import pytest
import sympy as sp

from ecolib.paper.evolution import letters as closure
from ecolib.paper.evolution.alignment import connectivity
from ecolib.paper.policy import BaseCase, letters
from ecolib.paper.policy.levers import OBSTACLES


@pytest.mark.parametrize("name", ["leader", "follower", "phi_0", "phi_c"])
def test_without_alliances_the_formulas_are_those_of_the_closure(name: str) -> None:
    assert sp.simplify(getattr(letters, name).subs(letters.pull, 0) - getattr(closure, name)) == 0


def test_shares_add_up_to_one_however_far_they_are_pulled() -> None:
    whole = closure.leader_share + (closure.n - 1) * closure.follower_share
    assert sp.simplify(whole.subs(closure.phi, letters.evenness)) == 1


def test_full_alliances_share_equally_whatever_the_differences() -> None:
    equal = {letters.pull: 1, letters.omega: 1}
    assert sp.simplify((letters.leader - letters.follower).subs(equal)) == 0


@pytest.mark.parametrize(("firms", "links"), [(2, 1), (5, 0), (5, 5), (10, 3), (12, 7)])
def test_connectivity_is_that_of_two_linked_cliques(firms: int, links: int) -> None:
    graph = nx.disjoint_union(nx.complete_graph(firms), nx.complete_graph(firms))
    graph.add_edges_from((k, firms + k) for k in range(links))
    found = BaseCase(firms=firms, linked=links / firms).at(letters.connectivity)
    assert found == pytest.approx(connectivity(graph), abs=1e-9)


def test_erosion_solves_the_equation_that_defines_it() -> None:
    z = letters.erosion
    held = (1 - letters.image) * letters.eta / z + letters.image * letters.eta / (z + letters.delta)
    rng = np.random.default_rng(3)
    for V, eta, delta, image in rng.uniform((0.01, 0.01, 0.0, 0.0), (9, 1, 1, 0.99), (50, 4)):
        at = {letters.V: V, letters.eta: eta, letters.delta: delta, letters.image: image}
        assert float(held.subs(at)) == pytest.approx(V, rel=1e-9)


def test_without_diffusion_the_intensity_needed_is_that_of_the_reduced_curve() -> None:
    plain = letters.needed.subs({letters.pace: 0, letters.image: sp.Rational(1, 3)})
    curve = closure.joint.xreplace(closure.in_terms_of_phi).subs(closure.phi, closure.compatibility) * closure.V
    at = {"s": 1.3, "c": 0.4, "omega": 0.7, "eta": 0.2, "learning": 0.3, "V": 0.6, "n": 3}
    numbers = {getattr(closure, name): value for name, value in at.items()} | {letters.pull: 0}
    ratio = plain / (closure.eta / (closure.learning * curve))
    assert float(ratio.subs(numbers)) == pytest.approx(1, rel=1e-12)


def test_every_letter_with_an_obstacle_is_a_letter_of_the_case() -> None:
    assert set(OBSTACLES) <= set(BaseCase().names)


def test_a_batch_has_the_shape_of_its_letters() -> None:
    many = BaseCase(c=np.full((4, 1), 0.3), omega=np.linspace(0, 1, 5))
    assert many.shape == (4, 5)
    assert many.at(letters.follower, phi=1.0).shape == (4, 5)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"s": -1}, "s must be positive, got -1"),
        ({"c": 1.0}, "c must be below 1, got 1.0"),
        ({"pull": 1.1}, "pull must be between 0 and 1, got 1.1"),
        ({"image": np.nan}, "image must be between 0 and 1, got nan"),
        ({"pace": np.inf}, "pace must be at least 0 and finite, got inf"),
        ({"firms": 1}, "firms must be at least 2 and finite, got 1"),
        ({"linked": [0.2, -0.1]}, "linked must be between 0 and 1, got -0.1"),
        ({"tau": 0.0}, "tau must be positive for levers to act on it"),
        ({"eta": 0.0}, "eta must be positive for levers to act on it"),
        ({"c": [0.1, 0.2], "s": [1, 1, 1]}, "do not broadcast"),
    ],
)
def test_numbers_out_of_range_are_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        BaseCase(**given)


@pytest.mark.parametrize("given", [{"s": sp.Symbol("s")}, {"pull": "half"}, {"n": 2.5}])
def test_what_is_no_number_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        BaseCase(**given)

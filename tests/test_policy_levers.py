"""Five levers: dose 0 changes nothing, obstacles shrink alike, and the order does not matter."""

from itertools import permutations

import numpy as np
import pytest
import sympy as sp

from ecolib.paper.policy import LEVERS, OBSTACLES, BaseCase, apply, digital

BASE = BaseCase(pull=0.1)


def letters_of(case):
    return {name: float(getattr(case, name)) for name in case.names}


def obstacle(case, name):
    (letter,) = OBSTACLES[name].free_symbols
    return float(OBSTACLES[name].subs(letter, sp.Float(float(getattr(case, name)), 30)))


@pytest.mark.parametrize("name", LEVERS)
def test_dose_zero_changes_nothing(name: str) -> None:
    assert letters_of(LEVERS[name](BASE, 0)) == letters_of(BASE)


@pytest.mark.parametrize("name", LEVERS)
@pytest.mark.parametrize("dose", [0.3, 1.0])
def test_a_dose_cuts_every_obstacle_of_its_lever_by_the_same_part_and_no_other(name: str, dose: float) -> None:
    after, lever = LEVERS[name](BASE, dose, cut=0.4), LEVERS[name]
    for letter in OBSTACLES:
        left = 1 - 0.4 * dose if letter in lever.obstacles else 1
        assert obstacle(after, letter) == pytest.approx(left * obstacle(BASE, letter), rel=1e-12)
    untouched = set(BASE.names) - set(OBSTACLES)
    assert all(getattr(after, letter) == getattr(BASE, letter) for letter in untouched)


def test_levers_commute() -> None:
    doses = {"alliance": 0.2, "open border": 0.7, "circulation": 0.4, "digital": 0.9}
    ends = [letters_of(apply(BASE, {name: doses[name] for name in order})) for order in permutations(doses)]
    assert all(end == pytest.approx(ends[0], rel=1e-12) for end in ends)


def test_the_five_levers_are_those_of_the_paper_in_its_order() -> None:
    assert [lever.section for lever in LEVERS.values()] == ["4.1", "4.2", "4.3", "4.4", "4.5"]
    assert {lever.level for lever in LEVERS.values()} == {"micro", "meso", "macro"}
    assert set().union(*(lever.obstacles for lever in LEVERS.values())) == set(OBSTACLES)


def test_a_batch_of_doses_gives_a_batch_of_cases() -> None:
    doses = np.linspace(0, 1, 5)
    assert np.allclose(digital(BASE, doses).c, 0.5 * (1 - doses / 2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: digital(BASE, 1.5), "dose must be between 0 and 1, got 1.5"),
        (lambda: digital(BASE, np.nan), "dose must be between 0 and 1, got nan"),
        (lambda: digital(BASE, 0.5, cut=1.0), "cut must be above 0 and below 1, got 1.0"),
        (lambda: apply(BASE, {"taxes": 1}), "a lever is one of alliance, platform, open border"),
    ],
)
def test_doses_out_of_range_are_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_what_is_no_case_or_no_dose_is_refused() -> None:
    with pytest.raises(TypeError, match="case must be a BaseCase, got dict"):
        digital({}, 1)
    with pytest.raises(TypeError):
        digital(BASE, "much")


def test_each_lever_cuts_the_obstacles_that_the_table_of_the_chapter_names() -> None:
    assert {name: set(lever.obstacles) for name, lever in LEVERS.items()} == {
        "alliance": {"pull", "c"},
        "platform": {"pace", "V_p"},
        "open border": {"omega", "linked"},
        "circulation": {"tau", "linked", "eta"},
        "digital": {"learning", "c"},
    }

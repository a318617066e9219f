"""Openness that needs company: attractors, critical mass, the separatrix, and courses that get stuck."""

from dataclasses import replace

import numpy as np
import pytest

from ecolib import Schedule, simulate
from ecolib.paper.behaviour import (
    PARADIGMS,
    Course,
    Paradigm,
    Paradigms,
    attractors,
    critical_mass,
    game,
    letters,
    replicator,
    separatrix,
)

BASE = Paradigms(beta_I=1.0, kappa_I=0.25, beta_O=2.0, kappa_O=0.75)
POOL = replace(BASE, theta=0.8)  # at full reach: integration earns 0.75, openness 1.25, the first open firm -0.35
DEAR = replace(POOL, beta_I=0.1)  # integration does not pay: it earns -0.15


def end(paradigms, start, e=1.0):
    path = simulate(replicator(game(paradigms, e)), {}, x0=start, t=(0, 300))
    assert path.ended == "finished"
    return tuple(Paradigm)[int(np.argmax(path.x[:, -1]))]


def test_the_game_in_numbers_is_the_game_in_letters():
    field = [rate.subs(POOL.numbers | {letters.e: 1}) for rate in PARADIGMS.field]
    z = dict(zip(PARADIGMS.x, (0.2, 0.3, 0.5), strict=True))
    other = replicator(game(POOL, 1.0))
    w = dict(zip(other.x, (0.2, 0.3, 0.5), strict=True))
    assert [float(f.subs(z)) for f in field] == pytest.approx([float(f.subs(w)) for f in other.field])


def test_critical_mass_of_cases_done_by_hand():
    assert critical_mass(POOL, 1.0) == pytest.approx(1 - 0.5 / 1.6)
    assert critical_mass(DEAR, 1.0) == pytest.approx(1 - 1.25 / 1.6)
    assert critical_mass(replace(BASE, theta=0.1), 1.0) == 0.0  # the first open firm earns 1.05
    assert critical_mass(BASE, (0.5, 0.9)).tolist() == [np.inf, 0.0]


@pytest.mark.parametrize("paradigms", [POOL, DEAR])
def test_on_the_edge_of_two_paradigms_the_critical_mass_decides(paradigms):
    other = 1 if paradigms is POOL else 0
    for shift, expected in ((1e-3, Paradigm.OPEN), (-1e-3, tuple(Paradigm)[other])):
        start = np.zeros(3)
        start[2] = critical_mass(paradigms, 1.0) + shift
        start[other] = 1 - start[2]
        assert end(paradigms, start) is expected


@pytest.mark.parametrize("paradigms", [POOL, replace(POOL, theta=0.55), DEAR])
def test_starts_beside_the_separatrix_end_on_either_side(paradigms):
    line = separatrix(paradigms, 1.0)
    inside = line[:, (line.min(axis=0) > 0.02)]
    assert inside.shape[1] > 20
    for point in inside.T[::7]:
        for sign in (1, -1):
            start = point + sign * 2e-3 * np.array([-0.5, -0.5, 1.0])
            assert (end(paradigms, start) is Paradigm.OPEN) == (sign == 1), point


def test_the_separatrix_joins_the_critical_masses_of_two_edges():
    line = separatrix(POOL, 1.0)
    assert line[:, 0] == pytest.approx([0, 0.3125, 0.6875], abs=1e-5)
    assert line[:, -1] == pytest.approx([0.78125, 0, 0.21875], abs=1e-4)  # against linear firms alone: 1 - 1.25/1.6
    assert line.sum(axis=0) == pytest.approx(np.ones(line.shape[1]))


def test_where_two_paradigms_earn_alike_the_separatrix_is_straight():
    even = replace(POOL, kappa_I=0.5, beta_I=0.5)
    line = separatrix(even, 1.0, points=11)
    assert np.ptp(line[2]) == 0
    assert attractors(even, 1.0) == (Paradigm.OPEN,)  # of the two others neither drives the other out
    assert line[2, 0] == critical_mass(even, 1.0)


def test_above_the_critical_mass_openness_always_wins_and_below_the_lower_bound_never():
    rng, mass = np.random.default_rng(9), critical_mass(POOL, 1.0)
    for _ in range(15):
        mix, above = rng.uniform(0.05, 0.95), rng.uniform(mass + 0.01, 0.99)
        assert end(POOL, ((1 - above) * mix, (1 - above) * (1 - mix), above)) is Paradigm.OPEN
        lower = (0.35 + 0.75 * (1 - mix)) / 1.6  # company that the present mix of the others asks for
        assert end(POOL, ((1 - lower) * mix, (1 - lower) * (1 - mix), lower - 1e-3)) is Paradigm.INTEGRATED


def test_attractors_are_where_paths_stay_after_a_few_others_come():
    for paradigms in (BASE, POOL, DEAR, replace(BASE, beta_I=0.0, beta_O=0.5)):
        for e in (0.1, 0.7, 1.0):
            stay = [one for k, one in enumerate(Paradigm) if end(paradigms, 0.002 + 0.994 * np.eye(3)[k], e) is one]
            assert tuple(stay) == attractors(paradigms, e)


def test_behaviour_gets_stuck_at_integrated_though_open_is_best_and_stays_open_once_it_is():
    """Reach rises to 1 and falls again: the way back is another one."""
    assert (POOL.course(), POOL.lone.course()) == (Course.SUCCESSION, Course.STALL_INTEGRATED)
    up = {letters.e: Schedule(times=(0, 100), levels=(0, 1))}
    risen = simulate(PARADIGMS, POOL.numbers, x0=[0.5, 0.3, 0.2], t=(0, 200), forcing=up)
    assert np.argmax(risen.x[:, -1]) == 1
    down = {letters.e: Schedule(times=(0, 100), levels=(1, 0.85))}
    back = simulate(PARADIGMS, POOL.numbers, x0=[0.05, 0.05, 0.9], t=(0, 200), forcing=down)
    assert np.argmax(back.x[:, -1]) == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: separatrix(BASE, 1.0), "needs a critical mass between 0 and 1, got 0.0 at e = 1.0"),
        (lambda: separatrix(POOL, 0.3), "needs a critical mass between 0 and 1, got inf"),
        (lambda: separatrix(POOL, 1.0, points=1), "points must be at least 2, got 1"),
        (lambda: game(replace(BASE, theta=[0.1, 0.2]), 1.0), "one set of paradigms is needed"),
        (lambda: game(BASE, 1.5), r"e must be between 0 and 1, got 1\.5"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()

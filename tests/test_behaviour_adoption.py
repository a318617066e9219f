"""Openness that needs company: attractors, critical mass, the separatrix, and courses that get stuck."""

import time
from dataclasses import replace

import numpy as np
import pytest

from ecolib import Schedule, simulate
from ecolib.paper.behaviour import (
    GAME,
    PARADIGMS,
    Course,
    Paradigm,
    Paradigms,
    adoption,
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


@pytest.mark.parametrize("tie", [1e-5, 1e-7, 1e-12])
def test_the_separatrix_of_nearly_tied_others_is_found_in_no_time_and_nearly_straight(tie):
    near = Paradigms(beta_I=1.0, kappa_I=1.0 - tie, beta_O=2.0, kappa_O=1.2, theta=0.8)
    began = time.perf_counter()
    line = separatrix(near, 1.0)
    assert time.perf_counter() - began < 10
    assert line[2] == pytest.approx(np.full(400, 0.5), abs=2 * tie)
    assert (line[0, 0], line[1, -1]) == pytest.approx((0, 0), abs=1e-6)


@pytest.mark.parametrize("beyond", [1e-5, 1e-7, 1e-9])
def test_a_separatrix_begins_also_at_a_critical_mass_near_one(beyond):
    line = separatrix(replace(POOL, beta_O=1.5 + beyond), 1.0)
    assert np.all((line >= 0) & (line <= 1))
    assert 1 - line[2, 0] == pytest.approx(beyond / 1.2, rel=1e-5)
    assert line[2, -1] == pytest.approx(1 - 0.75 / 1.2, abs=1e-4)  # against linear firms alone


def test_a_separatrix_that_cannot_be_followed_is_refused(monkeypatch):
    monkeypatch.setattr(adoption, "SECONDS", 1e-9)
    with pytest.raises(ValueError, match="the separatrix could not be followed: "):
        separatrix(POOL, 1.0)


def test_without_any_open_firm_a_negative_critical_mass_does_not_open():
    easy = replace(BASE, theta=0.2)  # the formula gives 1 - 0.5 / 0.4 < 0
    assert critical_mass(easy, 1.0) == 0.0
    path = simulate(replicator(game(easy, 1.0)), {}, x0=(0.5, 0.5, 0.0), t=(0, 100))
    assert path.x[:, -1] == pytest.approx([0, 1, 0], abs=1e-9)
    assert end(easy, (0.5, 0.499, 0.001)) is Paradigm.OPEN


RARE = Paradigms(beta_I=1.0, kappa_I=0.4, beta_O=2.9, kappa_O=0.5)


def largest(paradigms, years, trying=0.0, start=(0.98, 0.01, 0.01)):
    """Which paradigms have the largest share in turn while the reach rises evenly to 1, and the greatest share."""
    system = replicator(GAME, names=("L", "I", "O"), trying=letters.nu).at({letters.nu: trying})
    rise = {letters.e: Schedule(times=(0, years), levels=(0, 1))}
    times = np.linspace(0, max(1.5 * years, years + 400), 2001)
    path = simulate(system, paradigms.numbers, x0=start, t=times, forcing=rise)
    assert path.ended == "finished"
    return list(dict.fromkeys(path.x.argmax(axis=0).tolist())), path.x[1].max()


@pytest.mark.parametrize("years", [1, 10, 100, 1000, 10_000])
def test_imitation_alone_skips_what_pays_best_for_a_while_however_slowly_reach_rises(years):
    assert RARE.course() is RARE.lone.course() is Course.SUCCESSION
    assert RARE.averaged.course() is Course.LEAPFROGGING
    order, most = largest(RARE, years)
    assert order == [0, 2]
    assert most < 0.02


def test_imitation_follows_the_course_of_averages_while_reach_rises_evenly_and_slowly():
    rng = np.random.default_rng(12)
    seen = {Course.SUCCESSION: [0, 1, 2], Course.LEAPFROGGING: [0, 2], Course.STALL_INTEGRATED: [0, 1]}
    for _ in range(12):
        kappa = rng.uniform(0.1, 0.4)
        firm = Paradigms(beta_I=1.0, kappa_I=kappa, beta_O=rng.uniform(1.5, 6), kappa_O=kappa + rng.uniform(0.1, 0.5))
        at = firm.averaged.thresholds
        if firm.averaged.course() in (Course.SUCCESSION, Course.LEAPFROGGING) and abs(at.e_LI / at.e_LO - 1) > 0.05:
            assert largest(firm, 3000)[0] == seen[firm.averaged.course()], firm


def test_a_turn_that_averages_do_not_give_during_the_rise_may_come_when_the_reach_stays():
    late = Paradigms(beta_I=1.0, kappa_I=0.9, beta_O=1.108, kappa_O=1.0)
    assert not late.averaged.integrated_first
    rise = {letters.e: Schedule(times=(0, 1000), levels=(0, 1))}
    path = simulate(PARADIGMS, late.numbers, x0=(0.98, 0.01, 0.01), t=np.linspace(0, 12_000, 1201), forcing=rise)
    seen = path.x.argmax(axis=0)
    assert not np.any(seen[:101])  # linear to the end of the rise
    assert 1 in seen


def test_imitation_alone_skips_integration_when_barriers_fall_at_once():
    firm = replace(BASE, theta=0.1)
    assert largest(firm, 0.1)[0] == [0, 2]
    assert largest(firm, 100)[0] == [0, 1, 2]


def test_with_some_trying_a_slow_rise_follows_what_pays_best():
    assert largest(RARE, 10_000, trying=0.01) == ([0, 1, 2], pytest.approx(0.616, abs=0.01))
    assert largest(RARE, 1000, trying=0.01)[0] == [0, 2]


@pytest.mark.parametrize("e", [0.1, 0.41, 0.9])
def test_with_trying_shares_settle_in_the_order_of_payoffs(e):
    system = replicator(game(RARE, e), trying=0.01)
    ranks = np.argsort(RARE.payoffs(e))
    for start in ((0.98, 0.01, 0.01), (0.01, 0.98, 0.01), (0.01, 0.01, 0.98)):
        path = simulate(system, {}, x0=start, t=(0, 3000))
        assert np.array_equal(np.argsort(path.x[:, -1]), ranks)
        assert path.x[:, -1].sum() == pytest.approx(1)


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
        (lambda: separatrix(POOL, 1.0, points=1), "points must be from 2 to 100000, got 1"),
        (lambda: separatrix(POOL, 1.0, points=10**9), "points must be from 2 to 100000, got 1000000000"),
        (lambda: separatrix(POOL, [0.9, 1.0]), r"e must be one number, got an array of shape \(2,\)"),
        (lambda: attractors(POOL, [0.9]), r"e must be one number, got an array of shape \(1,\)"),
        (lambda: game(replace(BASE, theta=[0.1, 0.2]), 1.0), "one set of paradigms is needed"),
        (lambda: game(BASE, 1.5), r"e must be between 0 and 1, got 1\.5"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()

"""Levers in time: the engine's paths against the feedback of section 3.2, the fold, and the closed forms."""

from dataclasses import replace

import numpy as np
import pytest

from ecolib.paper.evolution import Closure, Feedback
from ecolib.paper.policy import BaseCase, apply, critical, path, policy_system, rest, thresholds, time_to_balance
from ecolib.paper.policy import tipping_dose as least_dose
from ecolib.schedule import Schedule

BASE = BaseCase()


@pytest.mark.parametrize("n", [2, 3])
def test_without_diffusion_the_parts_of_heterogeneity_add_up_to_the_feedback(n: int) -> None:
    case = BaseCase(n=n, s=1.3, pace=0.0, tau=1.1, V_q=2.0, V_p=0.7)
    t = np.linspace(0, 60, 31)
    mine = path(case, t=t)
    feedback = Feedback(Closure(s=1.3, c=0.5, omega=0.8, n=n), eta=0.1, learning=0.1)
    theirs = feedback.path(tau=1.1, x0=(*mine.x[:n, 0], 2.7), t=t)
    assert np.allclose(mine.x[:n], theirs.x[:n], rtol=1e-5)
    assert np.allclose(mine.x[n:].sum(axis=0), theirs.x[n], rtol=1e-5)


def test_outputs_start_where_they_have_settled() -> None:
    start = path(BASE, t=(0, 1)).x[:, 0]
    at = dict(zip(policy_system(2).x, start, strict=True))
    a, b = (float(Closure(s=1.8, c=0.5, omega=0.8).alpha(phi=np.exp(-3.0))[k]) for k in ((0, 1), (1, 0)))
    u, v = (at[x] for x in policy_system(2).x[:2])
    assert (1 - u + a * v, 1 - v + b * u) == pytest.approx((0, 0), abs=1e-12)


def test_a_constant_dose_is_the_case_after_the_lever() -> None:
    doses = {"alliance": 0.4, "circulation": 0.3}
    plan = {name: Schedule((0.0,), (dose,)) for name, dose in doses.items()}
    moved = path(BASE, t=(0, 50), doses=plan)
    after = path(apply(BASE, doses), t=(0, 50), x0=moved.x[:, 0])
    assert np.allclose(moved.x[:, -1], after.x[:, -1], rtol=1e-6)


def test_a_jump_of_a_dose_is_a_jump() -> None:
    jump = {"digital": Schedule((10, 10), (0, 1))}
    way = path(BASE, t=(0, 10, 40), doses=jump)
    before = path(BASE, t=(0, 10))
    after = path(apply(BASE, {"digital": 1}), t=(0, 30), x0=before.x[:, -1])
    assert np.allclose(way.x[:, 1], before.x[:, -1], rtol=1e-6)
    assert np.allclose(way.x[:, 2], after.x[:, -1], rtol=1e-5)


def test_circulation_raised_slowly_tips_at_its_dose_and_lowered_again_only_later() -> None:
    plan, t = Schedule((0, 6_000, 12_000), (0, 0.5, 0)), np.linspace(0, 12_000, 2001)
    V = path(BASE, t=t, doses={"circulation": plan}).x[-2:].sum(axis=0)
    V_up = float(critical(BASE)[1])
    up, down = plan(t[:1001])[np.argmax(V[:1001] < V_up / 2)], plan(t[1000:])[np.argmax(V[1000:] > V_up)]
    assert least_dose(BASE, "circulation") < up < least_dose(BASE, "circulation") + 0.04
    assert down < up - 0.08


@pytest.mark.parametrize(("dose", "frees"), [(0.2, False), (0.4, True)])
def test_below_its_tipping_dose_circulation_for_ever_frees_nobody(dose: float, frees: bool) -> None:
    plan = {"circulation": Schedule((0.0,), (dose,))}
    end = path(BASE, t=(0, 3000), doses=plan).x[-2:, -1].sum()
    assert (end < 0.2) == frees
    assert end == pytest.approx(float(rest(apply(BASE, {"circulation": dose})).V), rel=1e-5)


def test_circulation_that_is_withdrawn_is_forgotten_where_nothing_else_is_stable_and_kept_where_something_is() -> None:
    plan = {"circulation": Schedule((400, 400), (1, 0))}
    ends = [path(replace(BASE, tau=tau), t=(0, 4000), doses=plan).x[-2:, -1].sum() for tau in (0.8, 1.05)]
    assert ends[0] == pytest.approx(float(rest(BASE).V), rel=1e-4)
    assert ends[1] < 0.2 < float(rest(replace(BASE, tau=1.05)).V)


def test_the_time_to_balance_is_when_the_gain_ratio_reaches_its_tolerance() -> None:
    found, case = time_to_balance(BaseCase(tau=1.6)), BaseCase(tau=1.6)
    V = path(case, t=(0, found.t)).x[-2:, -1].sum()
    assert np.exp(-V) == pytest.approx(float(thresholds(case)[2]), rel=1e-4)


def test_each_lever_shortens_the_time_to_balance() -> None:
    case = BaseCase(tau=1.4)
    alone = time_to_balance(case).t
    for name in ("alliance", "platform", "open border", "circulation", "digital"):
        assert time_to_balance(apply(case, {name: 0.5})).t < alone


def test_a_time_that_is_never_reached_says_why() -> None:
    assert time_to_balance(BaseCase(omega=0.3)).message == "gains are never balanced, however alike units are"
    assert "never fell to 0.073 before t = 300" in time_to_balance(BASE, horizon=300).message
    assert time_to_balance(BaseCase(V_q=0.01, V_p=0.01)).t == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: path(BaseCase(c=[0.1, 0.2]), t=(0, 1)), "one case is needed, got a batch of shape"),
        (lambda: path(BASE, t=(0, 1), doses={"taxes": Schedule((0,), (1,))}), "a lever is one of"),
        (lambda: path(BASE, t=(0, 1), doses={"digital": Schedule((0,), (2,))}), "dose must be between 0 and 1, got 2"),
        (lambda: path(BASE, t=(1, 0)), "t must be finite and increasing"),
        (lambda: time_to_balance(BASE, horizon=0), "horizon must be positive and finite, got 0"),
    ],
)
def test_arguments_out_of_range_are_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_a_dose_that_is_no_schedule_is_refused() -> None:
    with pytest.raises(TypeError, match=r"the dose of digital must be an ecolib.schedule.Schedule, got 1"):
        path(BASE, t=(0, 1), doses={"digital": 1})


@pytest.mark.parametrize("points", [2, 50])
def test_the_time_to_balance_does_not_hang_on_how_often_it_is_looked_for(points: int) -> None:
    case = BaseCase(tau=1.6)
    assert time_to_balance(case, points=points).t == pytest.approx(time_to_balance(case).t, rel=1e-6)


def test_a_path_that_ends_early_says_so_and_gives_no_date() -> None:
    found = time_to_balance(BaseCase(tau=1.6), seconds=1e-9)
    assert np.isnan(found.t)
    assert "did not suffice" in found.message
    assert time_to_balance(BASE, horizon=300).t == np.inf


def test_a_part_of_heterogeneity_may_start_at_nothing() -> None:
    none, little = (time_to_balance(BaseCase(V_q=V_q, tau=1.6)).t for V_q in (0.0, 1e-6))
    assert none == pytest.approx(little, rel=1e-4)

"""Which paradigm pays when: thresholds, order, courses; against the curves themselves and against hand-made cases."""

from dataclasses import replace

import numpy as np
import pytest

from ecolib.figures import COURSE_FILLS, PARADIGM_FILLS
from ecolib.numeric import pointwise
from ecolib.paper.behaviour import Course, Paradigm, Paradigms, letters

BASE = Paradigms(beta_I=1.0, kappa_I=0.25, beta_O=2.0, kappa_O=0.75)
REACH = np.linspace(0, 1, 4001)


def random_paradigms(number, q=2.0):
    rng = np.random.default_rng(5)
    kappa_I, extra = rng.uniform(0.1, 1, (2, number))
    beta_I, beta_O = rng.uniform(0, 4, (2, number))
    return Paradigms(beta_I=beta_I, kappa_I=kappa_I, beta_O=beta_O, kappa_O=kappa_I + extra, q=q)


def turns(paradigms, limit=1.0):
    """The paradigms that are best in turn, read off the curves on a fine grid."""
    e = REACH[:, None] * limit
    best = np.argmax(paradigms.payoffs(e), axis=-1).T
    return [tuple(Paradigm)[k] for row in best for k in [row[0], *row[1:][np.diff(row) != 0]]], best


def test_thresholds_of_a_case_done_by_hand():
    at = BASE.thresholds
    assert (at.e_LI, at.e_LO) == pytest.approx((1 / 4, np.sqrt(3 / 8)))
    assert at.e_IO == pytest.approx((1 + np.sqrt(5)) / 4)  # 2 e^2 = e + 1/2


@pytest.mark.parametrize("q", [1.3, 2.0, 3.5])
def test_at_a_threshold_two_paradigms_pay_alike(q):
    drawn = random_paradigms(60, q)
    for place, (one, other) in zip(vars(drawn.thresholds).values(), ((0, 1), (0, 2), (1, 2)), strict=True):
        wide = np.where(place <= 1, place, 0.5)
        pay = drawn.payoffs(wide)
        assert np.allclose(np.where(place <= 1, pay[:, one] - pay[:, other], 0), 0, atol=1e-9)
        assert (place <= 1).sum() > 10


@pytest.mark.parametrize(("q", "limit"), [(2.0, 1.0), (2.0, 0.6), (1.3, 1.0), (3.5, 0.8)])
def test_the_course_is_the_order_in_which_the_curves_are_highest(q, limit):
    drawn = random_paradigms(400, q)
    _, best = turns(drawn, limit)
    seen = {
        Course.SUCCESSION: [0, 1, 2], Course.LEAPFROGGING: [0, 2],
        Course.STALL_INTEGRATED: [0, 1], Course.STALL_LINEAR: [0],
    }  # fmt: skip
    courses = drawn.course(limit=limit)
    wrong = [k for k, row in enumerate(best) if list(dict.fromkeys(row.tolist())) != seen[courses[k]]]
    assert len(wrong) <= 4  # turns shorter than the grid
    assert set(courses) == set(Course)


@pytest.mark.parametrize("q", [1.3, 2.0, 3.5])
def test_paradigms_never_return_as_reach_rises(q):
    _, best = turns(random_paradigms(400, q))
    assert np.all(np.diff(best, axis=1) >= 0)


def test_without_an_exponent_above_one_integration_may_return():
    """At q = 1/2 (which is refused) integration pays, loses to openness, and pays best again."""
    numbers = {"p_0": 0, "beta_I": 1, "kappa_I": 0.01, "beta_O": 1.45, "kappa_O": 0.51, "q": 0.5}
    given = {getattr(letters, name): value for name, value in numbers.items()}
    pay = pointwise((letters.linear, letters.integrated, letters.opened), (letters.e,), given)
    assert [int(np.argmax(pay(np.array([e])))) for e in (0.005, 0.1, 0.5, 1.0)] == [0, 1, 2, 1]
    with pytest.raises(ValueError, match=r"q must be above 1, got 0\.5"):
        replace(BASE, q=0.5)


def test_where_three_curves_meet_integration_is_skipped():
    meet = Paradigms(beta_I=1.0, kappa_I=0.5, beta_O=3.0, kappa_O=0.75)
    assert vars(meet.thresholds) == pytest.approx({"e_LI": 0.5, "e_LO": 0.5, "e_IO": 0.5})
    assert meet.course() is Course.LEAPFROGGING
    assert replace(meet, kappa_I=0.499).course() is Course.SUCCESSION


@pytest.mark.parametrize("limit", [0.2, 0.5, 0.9, 1.0])
def test_a_lower_limit_never_changes_the_order_only_how_far_the_course_goes(limit):
    drawn = random_paradigms(300)
    scaled = replace(drawn, beta_I=drawn.beta_I * limit, beta_O=drawn.beta_O * limit**2)
    assert np.array_equal(scaled.course(), drawn.course(limit=limit))
    assert np.array_equal(scaled.integrated_first, drawn.integrated_first)


def test_a_lone_open_firm_loses_the_returns_that_need_company():
    pool = replace(BASE, theta=0.25)
    assert pool.payoffs(0.8, z_O=0.0)[2] == pytest.approx(pool.lone.payoffs(0.8)[2])
    assert pool.payoffs(0.8, z_O=0.6)[2] == pytest.approx(2 * 0.64 * (0.75 + 0.25 * 0.6) - 0.75)
    assert (pool.course(), pool.lone.course()) == (Course.SUCCESSION, Course.STALL_INTEGRATED)


def test_the_first_open_firm_faces_no_dependence_any_more():
    pool = replace(BASE, theta=0.25)
    assert (pool.lone.beta_O, pool.lone.theta) == (1.5, 0.0)
    assert pool.lone.lone.beta_O == 1.5


def test_payoffs_and_what_is_best_are_those_of_firms_that_move_together():
    pool = replace(BASE, theta=0.8)
    assert pool.payoffs(1.0)[2] == pytest.approx(1.25)
    assert pool.best(1.0) is Paradigm.OPEN
    assert pool.lone.best(1.0) is Paradigm.INTEGRATED


@pytest.mark.parametrize("q", [1.3, 2.0, 3.5])
def test_averages_are_the_means_of_payoffs_over_the_reach_so_far(q):
    drawn = random_paradigms(20, q)
    for e in (0.3, 1.0):
        nodes, weights = np.polynomial.legendre.leggauss(60)
        means = np.tensordot(weights / 2, drawn.payoffs(e * (nodes[:, None] + 1) / 2), axes=1)
        assert drawn.averaged.payoffs(e) == pytest.approx(means, abs=1e-5)


def test_integration_first_in_the_mean_asks_for_more_than_integration_first():
    for q in (1.05, 2.0, 3.5):
        drawn = random_paradigms(400, q)
        assert not np.any(drawn.averaged.integrated_first & ~drawn.integrated_first)
    drawn = random_paradigms(400)
    by_hand = 4 * drawn.kappa_I**2 * drawn.beta_O < 3 * drawn.kappa_O * drawn.beta_I**2
    assert np.array_equal(drawn.averaged.integrated_first, by_hand)
    assert np.sum(drawn.integrated_first & ~by_hand) > 0


@pytest.mark.parametrize("scale", [1e-300, 1e-170, 1.0, 1e170, 1e300])
def test_neither_course_nor_thresholds_depend_on_the_unit_of_payoffs(scale):
    for firm in (BASE, replace(BASE, kappa_I=0.6, beta_O=3.0), replace(BASE, beta_O=1.0)):
        numbers = {name: getattr(firm, name) * scale for name in ("beta_I", "kappa_I", "beta_O", "kappa_O")}
        other = Paradigms(**numbers)
        assert other.course() is firm.course()
        assert vars(other.thresholds) == pytest.approx(vars(firm.thresholds), rel=1e-12)


def test_large_exponents_neither_vanish_nor_overflow():
    small = Paradigms(beta_I=0.2, kappa_I=0.1, beta_O=0.5, kappa_O=0.2, q=500)  # X = 2, Y = 2.5 < 2^500
    large = Paradigms(beta_I=20.0, kappa_I=5.0, beta_O=50.0, kappa_O=10.0, q=1000)
    assert (small.course(), large.course()) == (Course.SUCCESSION, Course.SUCCESSION)
    skipped = Paradigms(beta_I=0.1, kappa_I=0.2, beta_O=0.5, kappa_O=0.3, q=500)
    assert skipped.course() is Course.LEAPFROGGING


def test_an_exponent_near_one_has_its_threshold():
    at = Paradigms(beta_I=2.0, kappa_I=0.25, beta_O=1.9, kappa_O=0.75, q=1.01).thresholds.e_IO
    assert 1.9 * at**1.01 == pytest.approx(2 * at + 0.5, rel=1e-12)
    rng = np.random.default_rng(4)
    for q in 1 + 10.0 ** rng.uniform(-2.5, 1, 60):
        firm = Paradigms(beta_I=1.1, kappa_I=0.2, beta_O=1.4, kappa_O=0.7, q=q)
        assert 1.4 * firm.thresholds.e_IO**q == pytest.approx(1.1 * firm.thresholds.e_IO + 0.5, rel=1e-9)


@pytest.mark.parametrize("change", [{"q": 2.0}, {"q": 2.0 + 1e-12}])
def test_the_closed_form_and_the_root_of_logarithms_agree(change):
    assert replace(BASE, **change).thresholds.e_IO == pytest.approx((1 + np.sqrt(5)) / 4, rel=1e-11)


def test_what_pays_nothing_is_never_reached():
    at = replace(BASE, beta_I=0.0, beta_O=0.0).thresholds
    assert set(vars(at).values()) == {np.inf}
    assert replace(BASE, beta_O=1e-200, q=1.0001).thresholds.e_IO == np.inf


def test_best_is_the_first_of_equals():
    assert BASE.best(0.25) is Paradigm.LINEAR
    assert BASE.best([0.1, 0.5, 0.9]).tolist() == list(Paradigm)


def test_figures_call_paradigms_and_courses_by_their_names():
    assert [fill.label for fill in PARADIGM_FILLS] == [one.value for one in Paradigm]
    assert [fill.label for fill in COURSE_FILLS] == [one.value for one in Course]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kappa_O": 0.25}, r"kappa_O must be above kappa_I, got 0\.25 and 0\.25"),
        ({"kappa_I": 0.0}, r"kappa_I must be positive, got 0\.0"),
        ({"beta_I": -1.0}, r"beta_I must be at least 0, got -1\.0"),
        ({"beta_O": np.nan}, "beta_O must be finite, got nan"),
        ({"theta": 1.5}, r"theta must be between 0 and 1, got 1\.5"),
        ({"theta": -0.1}, r"theta must be between 0 and 1, got -0\.1"),
        ({"q": 1.0}, r"q must be above 1, got 1\.0"),
        ({"beta_O": -0.1}, r"beta_O must be at least 0, got -0\.1"),
        ({"beta_I": [1, 2], "kappa_I": [0.1, 0.2, 0.3]}, r"must broadcast, got shapes .*'beta_I': \(2,\)"),
    ],
)
def test_numbers_out_of_range_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        replace(BASE, **change)


def test_text_is_refused_and_reach_stays_within_the_network():
    with pytest.raises(TypeError, match="beta_I must be an array of real numbers"):
        replace(BASE, beta_I="1")
    with pytest.raises(ValueError, match=r"e must be between 0 and 1, got 1\.2"):
        BASE.best(1.2)
    with pytest.raises(ValueError, match=r"z_O must be between 0 and 1, got -0\.5"):
        BASE.payoffs(0.5, z_O=-0.5)
    with pytest.raises(ValueError, match=r"limit must be between 0 and 1, got -0\.1"):
        BASE.course(limit=-0.1)

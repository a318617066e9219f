"""Relations that make relations, and standards that lock in."""

import numpy as np
import pytest
from scipy.linalg import expm

from ecolib import simulate
from ecolib.paper.construction.institutions import Relations, Standards, closed_triads, letters


@pytest.mark.parametrize(
    "rates", [(0.02, 0.5, 0.1), (0.1, 0.0, 0.3), (0.0, 0.3, 0.3), (0.3, 0.2, 0.0), (0.0, 0.2, 0.5)]
)
def test_the_share_of_linked_pairs_is_the_path_of_the_engine(rates):
    relations, t = Relations(*rates), np.linspace(0, 30, 31)
    numbers = dict(zip((letters.iota, letters.gamma, letters.chi), rates, strict=True))
    path = simulate(letters.RELATIONS, numbers, x0=(0.05,), t=t)
    assert np.abs(path.x[0] - relations.share(t, start=0.05)).max() < 1e-7
    assert relations.share([1e6], start=0.05)[0] == pytest.approx(float(relations.rest), abs=1e-4)


def test_without_injection_nothing_is_generated_and_ties_stay_exactly_if_generated_faster_than_lost():
    assert Relations(0.0, 0.9).share([5e5]).item() == 0
    tiny = Relations(0.0, 0.9).share([30.0], start=1e-12).item()
    assert tiny == pytest.approx(1 / (1 + (1e12 - 1) * np.exp(-27)), rel=1e-12)
    assert Relations(0.0, 0.5, 0.2).self_sustaining
    assert Relations(0.0, 0.5, 0.2).rest == pytest.approx(0.6)
    assert not Relations(0.0, 0.2, 0.2).self_sustaining
    assert Relations(0.0, 0.0, 0.0).self_sustaining  # nothing is lost
    assert Relations(0.0, 0.2, 0.5).rest == 0


def test_the_variance_between_regions_is_that_of_diffusion_along_growing_ties():
    relations, sizes, w = Relations(0.05, 0.8, 0.1), (3, 4), 0.2
    t, p = np.linspace(0, 5, 401), np.array([1.0, 1, 1, 0, 0, 0, 0])
    middle = relations.share((t[1:] + t[:-1]) / 2)
    for z, step in zip(middle, np.diff(t), strict=True):
        across = np.kron([[0, 1], [1, 0]], np.ones((4, 4)))[np.ix_(*2 * [[0, 1, 2, 4, 5, 6, 7]])] * w * z
        p = expm(step * (across - np.diag(across.sum(axis=1)))) @ p
    start = np.array([1.0, 1, 1, 0, 0, 0, 0]).var()
    assert relations.spread_between([5.0], units=sizes, w=w)[0] == pytest.approx(p.var() / start, rel=1e-4)


def test_times_need_not_be_in_order():
    relations, t = Relations(0.05, 0.8, 0.1), (3.0, 1.0, 2.0, 0.0)
    together = relations.spread_between(t, units=(3, 4))
    assert together == pytest.approx([relations.spread_between([one], units=(3, 4))[0] for one in t], rel=1e-9)


class Drawn(np.random.Generator):
    """Two tables of numbers instead of chance."""

    def random(self, size):
        assert size == (2, 2)
        self.tables = getattr(self, "tables", [[[0.1, 0.9], [0.9, 0.9]], [[0.9, 0.49], [0.51, 0.0]]])
        return np.array(self.tables.pop(0))


def test_a_pair_is_introduced_by_half_of_the_chains_that_could_join_it():
    # Two units a side and one tie: two pairs have one chain of two, the third has none and stays apart.
    shares = closed_triads(0.5, units=2, steps=1, gamma=1.0, rng=Drawn(np.random.PCG64(1)))
    assert shares.tolist() == [0.25, 0.5]


def test_closed_triads_follow_the_equation_in_large_regions():
    shares = closed_triads(0.05, units=120, steps=60, gamma=0.1, rng=np.random.default_rng(1))
    theory = Relations(0.0, 0.1).share(np.arange(61.0), start=shares[0])
    assert np.abs(shares - theory).max() < 0.05
    assert (np.diff(shares) >= 0).all()


def test_different_standards_stay_exactly_below_the_limit():
    assert not Standards(theta=6.0, v=1.0).locks_in  # at the limit itself
    for v, locked in ((0.15, True), (0.199, True), (0.201, False), (0.4, False)):
        pair = Standards(theta=1.2, v=v)
        end = pair.path((0.95, 0.06), np.linspace(0, 4000, 21)).x[:, -1]
        assert pair.locks_in is locked
        assert end[0] - end[1] == pytest.approx(pair.distance, abs=1e-3)


def test_parameters_that_merely_diffuse_never_lock_in():
    pair = Standards(theta=0.0, v=0.1)
    assert not pair.locks_in
    assert np.abs(np.diff(pair.path((0.9, 0.1), (0.0, 200.0)).x[:, -1])) < 1e-9


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: Relations(-0.1, 0.0), ValueError, "iota must be at least 0"),
        (lambda: Relations(0.0, 0.0).rest, ValueError, "every share stays"),
        (lambda: Relations(0.1, 0.0).share([1.0], start=1.5), ValueError, "start must be at most 1"),
        (lambda: Relations(0.1, 0.0).spread_between([1.0], units=3), TypeError, "two numbers, of A and of B, got 3"),
        (lambda: Relations(0.1, 0.0).spread_between([1.0], units=(1, 2, 3)), TypeError, r"got \(1, 2, 3\)"),
        (lambda: Relations(0.1, 0.0).spread_between([1.0], units=(0, 2)), ValueError, "units of A must be from 1"),
        (lambda: closed_triads(0.1, units=5, steps=1, gamma=0.1, rng=7), TypeError, "numpy.random.Generator"),
        (lambda: Standards(1.0, np.nan), ValueError, "v must be at least 0 and finite"),
        (lambda: Standards(1.0, 0.1).path((0.5, 1.0), (0.0, 1.0)), ValueError, "start must be below 1"),
    ],
)
def test_what_does_not_fit_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()

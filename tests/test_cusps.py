"""Cusps against the printed ones and an independent root finder, and what they part."""

import numpy as np
import pytest
from reduced_by_hand import independent_cusp, model

from ecolib.paper.evolution.feedback.cusps import cusp
from ecolib.paper.evolution.feedback.turning import folds


@pytest.mark.parametrize(("c", "s", "F"), [(0.1, 1.57435, 1.42871), (0.5, 1.41762, 0.78602), (0.9, 1.24529, 0.49139)])
def test_the_printed_cusps_are_found(c: float, s: float, F: float) -> None:
    point = cusp(c=c, omega=1)
    assert (round(point.s, 5), round(point.F, 5)) == (s, F)


@pytest.mark.parametrize("compatibility", ["exponential", "reciprocal"])
def test_cusps_agree_with_an_independent_root_finder(compatibility: str) -> None:
    rng = np.random.default_rng(4)
    for c, omega in zip(rng.uniform(0.02, 0.95, 6), rng.uniform(0.4, 1, 6), strict=True):
        point = cusp(c=c, omega=omega, compatibility=compatibility)
        wanted = independent_cusp((point.V, point.s), c, omega, compatibility == "reciprocal")
        assert np.allclose([point.V, point.s, point.F], wanted, rtol=0, atol=1e-8)


def test_folds_exist_exactly_above_the_cusp() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        n, c, omega = int(rng.integers(2, 6)), rng.uniform(0, 0.95), rng.uniform(0.2, 1)
        s = cusp(c=c, omega=omega, n=n).s
        assert folds(model(s * (1 - 1e-6), c, omega, n)) == ()
        assert len(folds(model(s * (1 + 1e-6), c, omega, n))) == 2


def test_with_many_partners_friction_alone_tips() -> None:
    bound = 1 / (2 * np.exp(-0.5) - 1)  # the exact threshold of (n - 1) c without synergy
    for n in (6, 9):
        c = bound / (n - 1)
        assert cusp(c=c * 1.001, omega=1, n=n).s == 0.0
        assert cusp(c=c * 0.999, omega=1, n=n).s > 0.0


def test_one_way_transfer_may_have_no_cusp() -> None:
    assert cusp(c=0.25, omega=0).s == np.inf
    assert np.isnan(cusp(c=0.25, omega=0).V)


def test_cusps_of_arrays_have_their_shape() -> None:
    points = cusp(c=np.array([[0.1], [0.5]]), omega=np.array([1.0, 0.8]))
    assert points.s.shape == points.V.shape == points.F.shape == (2, 2)
    assert points.s[1, 0] == cusp(c=0.5, omega=1).s


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"c": 1.2}, r"c must be below 1, got 1\.2"),
        ({"c": np.nan}, "c must be finite, got nan"),
        ({"omega": (0.5, 1.5)}, r"omega must be at most 1, got 1\.5"),
        ({"n": 1}, "n must be at least 2, got 1"),
        ({"compatibility": "linear"}, "compatibility must be one of exponential, reciprocal, got 'linear'"),
    ],
)
def test_numbers_out_of_range_are_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cusp(**({"c": 0.5, "omega": 1} | given))

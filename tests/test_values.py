import pickle

import numpy as np
import pytest
import sympy as sp
from draws import MODELS, law, positive, tenths, values
from hypothesis import given
from hypothesis import strategies as st

from ecolib import Values, simulate
from ecolib.numeric import evaluate

GUEST = {"r": (0.5, 0.4), "K": (100, 80), "alpha": ((0, 0.3), (-0.2, 0))}


def wrong(**changes):
    return {**GUEST, **changes}


def test_numbers_are_arrays_of_floats():
    guest = Values(**GUEST)
    assert (guest.units, guest.shape) == (2, ())
    assert [array.dtype for array in (guest.r, guest.K, guest.alpha)] == [np.float64] * 3
    assert guest.K.tolist() == [100.0, 80.0]


def test_values_cannot_be_changed_afterwards():
    guest = Values(**GUEST)
    with pytest.raises(ValueError, match="read-only"):
        guest.alpha[0, 1] = 9
    with pytest.raises(AttributeError):
        guest.r = np.ones(2)


def test_values_do_not_follow_the_array_they_were_made_from():
    alpha = np.array(GUEST["alpha"])
    guest = Values(**wrong(alpha=alpha))
    alpha[0, 1] = 9
    assert guest.alpha[0, 1] == 0.3


def test_leading_axes_are_broadcast():
    many = Values(r=np.ones((5, 1, 3)), K=np.ones(3), alpha=np.zeros((4, 3, 3)))
    assert (many.shape, many.units) == ((5, 4), 3)
    assert (many.r.shape, many.K.shape, many.alpha.shape) == ((5, 4, 3), (5, 4, 3), (5, 4, 3, 3))


def test_a_member_of_a_batch_keeps_its_numbers():
    many = Values(r=np.arange(1.0, 7).reshape(3, 2), K=np.ones(2), alpha=np.zeros((2, 2)))
    assert many[1].r.tolist() == [3.0, 4.0]
    assert many[1:].shape == (2,)
    assert many[np.array([True, False, True])].r[1].tolist() == [5.0, 6.0]


def test_a_single_set_has_no_members():
    with pytest.raises(IndexError, match="these values are not a batch"):
        Values(**GUEST)[0]


def test_values_survive_pickling():
    again = pickle.loads(pickle.dumps(Values(**GUEST)))
    assert again.alpha.tolist() == Values(**GUEST).alpha.tolist()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"r": (0, 1)}, r"r must be positive, got 0\.0 for unit 1 \(r\[0\]\)"),
        ({"r": (1, -2)}, r"r must be positive, got -2\.0 for unit 2 \(r\[1\]\)"),
        ({"K": (1, -3)}, r"K must be positive, got -3\.0 for unit 2 \(K\[1\]\)"),
        ({"K": (0, 3)}, r"K must be positive, got 0\.0 for unit 1 \(K\[0\]\)"),
        ({"K": (np.nan, 1)}, r"K must be finite, got nan for unit 1 \(K\[0\]\)"),
        ({"r": (1, np.inf)}, r"r must be finite, got inf for unit 2 \(r\[1\]\)"),
        ({"alpha": ((0, np.nan), (0, 0))}, r"alpha must be finite, got nan for unit 1 \(alpha\[0, 1\]\)"),
        ({"alpha": ((0, 0), (-np.inf, 0))}, r"alpha must be finite, got -inf for unit 2 \(alpha\[1, 0\]\)"),
        ({"alpha": ((0, 0), (0, 1))}, r"alpha must be zero on the diagonal, got 1\.0 for unit 2 \(alpha\[1, 1\]\)"),
    ],
)
def test_a_bad_entry_is_named_with_its_place(changes, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        Values(**wrong(**changes))


def test_a_bad_entry_of_a_batch_is_named_with_its_place():
    alpha = np.zeros((3, 2, 2))
    alpha[2, 0, 1] = np.inf
    with pytest.raises(ValueError, match=r"alpha must be finite, got inf for unit 1 \(alpha\[2, 0, 1\]\)"):
        Values(**wrong(alpha=alpha))


def test_a_bad_rate_of_a_batch_is_named_with_its_place():
    r = np.ones((4, 2))
    r[3, 1] = -1
    with pytest.raises(ValueError, match=r"r must be positive, got -1\.0 for unit 2 \(r\[3, 1\]\)"):
        Values(**wrong(r=r))


def test_a_non_zero_diagonal_in_a_batch_is_named_with_its_place():
    alpha = np.zeros((3, 2, 2))
    alpha[1, 1, 1] = 0.5
    with pytest.raises(ValueError, match=r"zero on the diagonal, got 0\.5 for unit 2 \(alpha\[1, 1, 1\]\)"):
        Values(**wrong(alpha=alpha))


def test_several_faults_are_reported_at_once():
    with pytest.raises(ValueError, match="r must be positive") as caught:
        Values(r=(-1, np.nan), K=(0, 1), alpha=((1, np.inf), (0, 0)))
    rules = ["r must be finite", "r must be positive", "K must be positive", "alpha must be finite", "zero on the"]
    assert [rule in str(caught.value) for rule in rules] == [True] * 5


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"alpha": (0, 0)}, r"alpha must have shape \(\.\.\., units, units\), got \(2,\)"),
        ({"alpha": np.zeros((2, 3))}, r"alpha must have shape \(\.\.\., units, units\), got \(2, 3\)"),
        ({"alpha": np.zeros((0, 0))}, r"alpha must have shape \(\.\.\., units, units\), got \(0, 0\)"),
        ({"r": (1, 1, 1)}, r"r must have shape \(\.\.\., 2\) to match alpha, got \(3,\)"),
        ({"r": 1.0}, r"r must have shape \(\.\.\., 2\) to match alpha, got \(\)"),
        ({"K": (1,)}, r"K must have shape \(\.\.\., 2\) to match alpha, got \(1,\)"),
        ({"r": np.ones((2, 2)), "K": np.ones((3, 2))}, r"the leading \(batch\) axes do not broadcast"),
    ],
)
def test_a_wrong_shape_is_named_with_the_right_one(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        Values(**wrong(**changes))


@pytest.mark.parametrize("r", [(1 + 0j, 1), ("a", "b"), ((1, 2), (3,)), None, (True, True), (1, None)])
def test_entries_must_be_real_numbers(r):
    with pytest.raises(TypeError, match="r must be an array of real numbers, got"):
        Values(**wrong(r=r))


def test_letters_are_not_numbers():
    with pytest.raises(TypeError, match="alpha must be an array of real numbers, got"):
        Values(**wrong(alpha=sp.zeros(2, 2)))


ADAPTERS = {
    "relative": (Values.from_relative_competition, Values.to_relative_competition),
    "count": (Values.from_count_competition, Values.to_count_competition),
}


@pytest.mark.parametrize("convention", ADAPTERS)
@law
@given(ours=values(3))
def test_the_way_to_another_convention_and_back_changes_nothing(convention, ours):
    forth, back = ADAPTERS[convention][1], ADAPTERS[convention][0]
    again = back(*forth(ours))
    assert np.allclose(again.alpha, ours.alpha, rtol=1e-14, atol=0)
    assert (again.r.tolist(), again.K.tolist()) == (ours.r.tolist(), ours.K.tolist())


@law
@given(ours=values(3))
def test_the_way_to_glv_and_back_changes_nothing(ours):
    again = Values.from_glv(*ours.to_glv())
    for name in ("r", "K", "alpha"):
        assert np.allclose(getattr(again, name), getattr(ours, name), rtol=1e-13, atol=0)


parameters = st.tuples(*[st.lists(positive, min_size=3, max_size=3) for _ in range(3)])
matrices = st.lists(tenths, min_size=9, max_size=9).map(lambda m: np.reshape(m, (3, 3)) * (1 - np.eye(3)))


def field(ours, x):
    return evaluate(MODELS[3].field, MODELS[3], ours, x)


@law
@given(numbers=parameters, beta=matrices)
def test_relative_competition_has_the_field_of_its_own_formula(numbers, beta):
    r, K, x = map(np.array, numbers)
    theirs = [r[i] * x[i] * (1 - x[i] / K[i] - sum(beta[i, j] * x[j] / K[j] for j in range(3))) for i in range(3)]
    assert np.allclose(field(Values.from_relative_competition(r, K, beta), x), theirs, rtol=1e-11, atol=1e-11)


@law
@given(numbers=parameters, beta=matrices)
def test_competition_of_counts_has_the_field_of_its_own_formula(numbers, beta):
    r, K, x = map(np.array, numbers)
    theirs = [r[i] * x[i] * (K[i] - x[i] - sum(beta[i, j] * x[j] for j in range(3))) / K[i] for i in range(3)]
    assert np.allclose(field(Values.from_count_competition(r, K, beta), x), theirs, rtol=1e-11, atol=1e-9)


@law
@given(numbers=parameters, A=matrices)
def test_generalised_lotka_volterra_has_the_field_of_its_own_formula(numbers, A):
    r, own, x = map(np.array, numbers)
    A = A - np.diag(own)
    theirs = [x[i] * (r[i] + sum(A[i, j] * x[j] for j in range(3))) for i in range(3)]
    assert np.allclose(field(Values.from_glv(r, A), x), theirs, rtol=1e-11, atol=1e-9)


def test_adapters_take_batches():
    beta = np.array([[[0, b], [0.5, 0]] for b in (0.1, 0.2, 0.3)])
    many = Values.from_count_competition((1, 1), (2, 4), beta)
    assert many.shape == (3,)
    assert many[2].alpha.tolist() == Values.from_count_competition((1, 1), (2, 4), beta[2]).alpha.tolist()


@pytest.mark.parametrize("adapter", [Values.from_relative_competition, Values.from_count_competition])
@pytest.mark.parametrize(
    ("r", "K", "beta", "sentence"),
    [
        ((1, 1), (np.inf, 1), np.zeros((2, 2)), r"^K must be finite, got inf for unit 1 \(K\[0\]\)$"),
        ((1, 1), (1, 0), np.zeros((2, 2)), r"^K must be positive, got 0\.0 for unit 2 \(K\[1\]\)$"),
        ((0, 1), (np.nan, 1), np.zeros((2, 2)), r"^r must be positive, .*; K must be finite, got nan"),
        ((1, 1), (1, 1), np.eye(2), r"^beta must be zero on the diagonal, got 1\.0 for unit 1 \(beta\[0, 0\]\)$"),
        ((1, 1), (1, 1), [[0, np.inf], [0, 0]], r"^beta must be finite, got inf for unit 1 \(beta\[0, 1\]\)$"),
        ((1, 1), (1, 1), np.zeros((2, 3)), r"^beta must have shape \(\.\.\., units, units\), got \(2, 3\)$"),
    ],
)
def test_faults_are_told_in_the_words_of_the_convention(adapter, r, K, beta, sentence):
    with pytest.raises(ValueError, match=sentence):
        adapter(r, K, beta)


@pytest.mark.parametrize(
    ("r", "A", "sentence"),
    [
        ((1, 1), ((-1, 0), (0, 0)), r"A must be negative on the diagonal \(self-limitation\), got 0\.0 for unit 2"),
        ((-1, 1), ((-1, 0), (0, -1)), r"r must be positive, got -1\.0 for unit 1 \(r\[0\]\)"),
        ((np.inf, 1), ((-1, 0), (0, -1)), r"r must be finite, got inf for unit 1 \(r\[0\]\)"),
        ((1, 1), ((-1, np.nan), (0, -1)), r"A must be finite, got nan for unit 1 \(A\[0, 1\]\)"),
        ((1, 1, 1), ((-1, 0), (0, -1)), r"r must have shape \(\.\.\., 2\) to match A, got \(3,\)"),
    ],
)
def test_faults_of_generalised_lotka_volterra_are_named(r, A, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        Values.from_glv(r, A)


@pytest.mark.parametrize("given", [{"r": (1, 1)}, "guest", None])
def test_only_values_are_values(given):
    with pytest.raises(TypeError, match=r"values must be ecolib\.Values, got"):
        simulate(MODELS[2], given, x0=(1, 1), t=(0, 1))

"""Odd arguments: corners, which a function may answer or refuse, and hostile ones, which it mostly must refuse."""

from fractions import Fraction

import numpy as np
import sympy as sp
from hypothesis import strategies as st

CODE = "__import__('builtins').text_was_run()"
"""Text that would leave a trace if anybody ran it."""

SIZES = (0, 1, -0.0, 1e-12, 1e12, 1e-300, 1e300, 5e-324, 2**53 + 1, 10**30, 1 - 2**-53, 1 + 2**-52)

CORNERS = st.one_of(
    st.sampled_from(SIZES),
    st.sampled_from(SIZES).map(np.float64),
    st.sampled_from((True, False, np.True_, np.int64(1), np.float32(0.5), Fraction(1, 2), np.array(0.5), np.uint8(2))),
    st.sampled_from((sp.Rational(1, 2), sp.Integer(0), sp.Float(0.3), sp.pi, sp.Symbol("q", real=True))),
    st.sampled_from(([], (), [[]], {}, "", [0.5], (0.5,), [[0.5]], [0, 0], (1, 1), range(3), range(0))),
    st.lists(st.sampled_from(SIZES), min_size=1, max_size=3),
    st.sampled_from(((0,), (0, 2), (2, 0), (1,), (2,), (2, 2), (1, 2, 2), (3, 3))).map(np.ones),
    st.sampled_from((1, 2, 3)).map(np.eye),
)

HOSTILE = st.one_of(
    st.sampled_from((np.nan, np.inf, -np.inf, -1, -0.5, -1e300, 10**9, 10**400, -(10**400), 1j, np.complex128(1))),
    st.sampled_from((CODE, "text", "0.5", "x", "nan", b"0.5", ["0.5"], (CODE, CODE), [CODE])),
    st.sampled_from((None, object, len, Ellipsis, NotImplemented, {"a": 1}, {1, 2}, frozenset(), slice(None))),
    st.sampled_from(([1, [2, 3]], [[1, 2], [3]], [None], [1, None], [1, "a"], [1j, 1], [[0, 1], None], ((),))),
    st.sampled_from((sp.nan, sp.oo, -sp.oo, sp.zoo, sp.I, sp.true, sp.Symbol("unknown"), sp.Matrix([[0, 1]]))),
    st.sampled_from(([np.nan, 1], [1, np.inf], [[np.nan]], [-1, 1], [2, 1, 0], (np.nan, np.nan))),
    st.sampled_from(((2, 3, 4), (3,), (1, 1, 1, 1), (5, 5), (0, 3))).map(np.ones),
    st.sampled_from((np.nan, np.inf, -1.0)).map(lambda number: np.full((2, 2), number)),
    st.builds(lambda: np.array([None, 1], dtype=object)),
    st.builds(lambda: np.array("2020-01-01", dtype="datetime64")),
    st.builds(lambda: np.array([0.5, "a"])),
    st.builds(object),
    st.builds(lambda: iter((1, 2))),
    st.builds(lambda: (k for k in (1, 2))),
)

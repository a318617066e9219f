"""What a chapter records: what is kept, how it is shown, and what is refused."""

import math
import sys
from types import SimpleNamespace

import numpy as np
import pytest
import sympy as sp

from ecolib.results import LEAST, PREFIX, UNITS, record


@pytest.fixture
def shown(monkeypatch):
    """What a notebook would keep of the records made in a test."""
    kept = []
    display = SimpleNamespace(display=lambda data, **options: kept.append((data, options)))
    notebook = SimpleNamespace(get_ipython=lambda: object(), display=display)
    monkeypatch.setitem(sys.modules, "IPython", notebook)
    return kept


def test_a_record_keeps_value_name_unit_and_tolerance(shown):
    record("years", 12.5, unit="years")
    [(data, options)] = shown
    about = {"name": "years", "mime_prefix": PREFIX, "unit": "years", "tolerance": 1e-05}
    assert data == {f"{PREFIX}text/plain": "12.5"}
    assert options == {"metadata": {"scrapbook": about}, "raw": True}


@pytest.mark.parametrize("value", [np.float64(0.1), sp.Float("0.1"), 0.1, sp.Rational(1, 10)])
def test_numbers_of_every_library_become_plain_ones(shown, value):
    record("share", value, unit="1")
    assert shown[0][0][f"{PREFIX}text/plain"] == "0.1"


def test_the_last_digit_is_kept(shown):
    record("third", 1 / 3, unit="1")
    assert float(shown[0][0][f"{PREFIX}text/plain"]) == 1 / 3


@pytest.mark.parametrize("value", [3, np.int64(3), sp.Integer(3)])
def test_counts_have_no_tolerance(shown, value):
    record("links", value, unit="count")
    assert shown[0][0][f"{PREFIX}text/plain"] == "3"
    assert shown[0][1]["metadata"]["scrapbook"]["tolerance"] == 0


def test_the_tolerance_is_never_nothing_for_a_real_number(shown):
    record("zero", 0.0, unit="1")
    record("gap", 3e-12, unit="1", tolerance=1e-10)
    assert [options["metadata"]["scrapbook"]["tolerance"] for _, options in shown] == [LEAST, 1e-10]


@pytest.mark.parametrize(
    ("arguments", "error", "reason"),
    [
        (("a b", 1.0, "1"), ValueError, "name must be"),
        (("", 1.0, "1"), ValueError, "name must be"),
        (("a", 1.0, "furlongs"), ValueError, "unit must be one of"),
        (("a", math.nan, "1"), ValueError, "finite"),
        (("a", -math.inf, "1"), ValueError, "finite"),
        (("a", "0.1", "1"), TypeError, "real number"),
        (("a", True, "1"), TypeError, "real number"),
        (("a", 1j, "1"), TypeError, "real number"),
        (("a", np.array([0.1]), "1"), TypeError, "real number"),
        (("a", 2.0, "count"), TypeError, "whole number"),
        (("a", True, "count"), TypeError, "whole number"),
        (("a", 1, "text"), TypeError, "str"),
        (("a", 1.0, "1", 0.0), ValueError, "tolerance must be positive"),
        (("a", 1.0, "1", math.nan), ValueError, "tolerance must be positive"),
        (("a", 1.0, "1", "small"), TypeError, "tolerance"),
        (("a", 1, "count", 1.0), ValueError, "no tolerance"),
        (("a", "x", "text", 1.0), ValueError, "no tolerance"),
    ],
)
def test_what_cannot_be_compared_is_refused(shown, arguments, error, reason):
    name, value, unit, *tolerance = arguments
    with pytest.raises(error, match=reason):
        record(name, value, unit=unit, **dict(zip(["tolerance"], tolerance, strict=False)))
    assert shown == []


def test_nothing_happens_outside_a_notebook(capsys):
    assert all(record("a", "x" if unit == "text" else 1, unit=unit) is None for unit in UNITS)
    assert capsys.readouterr().out == ""

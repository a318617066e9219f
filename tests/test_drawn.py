"""Fingerprints of figures: any number that moves shows, a rounding error does not, nor does what is no number."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from reproduction.drawn import drawing, fingerprint, peak
from reproduction.recorded import distance

SERIES = np.linspace(1, 2, 50)
KINDS = {
    "line": lambda ax, y: ax.plot(SERIES, y),
    "scatter": lambda ax, y: ax.scatter(SERIES, y),
    "coloured scatter": lambda ax, y: ax.scatter(SERIES, SERIES, c=y),
    "bars": lambda ax, y: ax.bar(SERIES, y, width=0.01),
    "band": lambda ax, y: ax.fill_between(SERIES, 0, y),
    "error bars": lambda ax, y: ax.errorbar(SERIES, SERIES, yerr=y),
    "image": lambda ax, y: ax.imshow(y[:, None]),
    "mesh": lambda ax, y: ax.pcolormesh(y.reshape(5, 10)),
    "contours": lambda ax, y: ax.contour(y.reshape(5, 10), levels=[1.2, 1.5, 1.8]),
    "filled contours": lambda ax, y: ax.contourf(y.reshape(5, 10), levels=[1.2, 1.5, 1.8]),
    "arrows": lambda ax, y: ax.quiver(SERIES, SERIES, SERIES, y),
    "segments": lambda ax, y: ax.vlines(SERIES, 0, y),
    "histogram": lambda ax, y: ax.hist(y, bins=SERIES),
    "steps": lambda ax, y: ax.stairs(y[1:], SERIES),
    "arrow": lambda ax, y: ax.annotate("", xy=(1, y[20]), xytext=(1, 2)),
}


def drawn(draw, *numbers, **scales):
    """The fingerprints of one pair of axes."""
    ax = Figure().subplots()
    ax.set(xlabel="time $t$", ylabel="output", **scales)
    draw(ax, *numbers)
    return drawing(ax.figure)


def apart(one, other):
    """The greatest difference between two drawings, infinite where they cannot be subtracted."""
    assert one.keys() == other.keys()
    gaps = [distance(one[name]["value"], other[name]["value"]) for name in one]
    return max(np.inf if gap is None else gap for gap in gaps)


@pytest.mark.parametrize("kind", KINDS)
def test_one_number_that_moves_shows(kind):
    moved = SERIES.copy()
    moved[20] += 0.08
    assert apart(drawn(KINDS[kind], SERIES), drawn(KINDS[kind], moved)) > 1e-4


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"histogram"}))
def test_a_rounding_error_does_not_show(kind):
    rounded = SERIES * (1 + 1e-13 * np.cos(np.arange(50)))
    assert apart(drawn(KINDS[kind], SERIES), drawn(KINDS[kind], rounded)) < 1e-9


def test_two_numbers_that_change_places_show():
    swapped = SERIES[::-1].copy()
    assert fingerprint(swapped)[:3] == fingerprint(SERIES)[:3]
    assert abs(fingerprint(swapped)[3] - fingerprint(SERIES)[3]) > 1e-3


def test_a_line_across_the_axes_counts_along_one_of_them():
    found = drawn(lambda ax: ax.axhline(0.5))
    assert found == {"y": {"unit": "output", "value": fingerprint([0.5, 0.5])}}


def test_the_unit_is_the_label_of_the_axis_or_of_one_that_shares_it():
    upper, lower = Figure().subplots(2, sharex=True)
    upper.plot(SERIES, SERIES)
    lower.plot(SERIES, SERIES)
    lower.set(xlabel="time\n$t$")
    found = drawing(upper.figure)
    assert [found[name]["unit"] for name in ("1.x", "2.x", "1.y")] == ["time $t$", "time $t$", "place in the drawing"]


def test_small_numbers_count_on_a_logarithmic_axis():
    small, smaller = np.full(50, 1e-8), np.full(50, 2e-8)
    line = KINDS["line"]
    assert apart(drawn(line, small), drawn(line, smaller)) < 1e-7
    assert apart(drawn(line, small, yscale="log"), drawn(line, smaller, yscale="log")) > 0.01


def test_what_is_written_counts():
    one, other = (drawn(lambda ax, word=word: ax.text(0.5, 0.5, word)) for word in ("at 0.31", "at 0.32"))
    assert one["words"]["value"] != other["words"]["value"]
    assert drawn(lambda ax: ax.plot(SERIES, SERIES, label="a") and ax.legend())["words"]["unit"] == "text"


def test_numbers_that_are_missing_are_not_counted():
    assert fingerprint([1.0, np.nan, np.inf]) == fingerprint([1.0])
    assert fingerprint([]) == [0]
    assert drawn(KINDS["line"], np.full(50, np.nan))["y"]["value"] == [0]
    codes = np.ma.masked_equal(np.arange(6).reshape(2, 3), 4)
    assert drawn(lambda ax: ax.pcolormesh(codes))["colour"]["value"] == fingerprint([0, 1, 2, 3, 5])


def test_an_empty_figure_has_no_fingerprint():
    assert drawing(Figure()) == {}
    assert drawn(lambda ax: ax.set_title("")) == {}


def test_the_style_of_a_figure_does_not_count():
    with mpl.rc_context({"lines.linewidth": 7, "axes.grid": True, "figure.dpi": 50}):
        bold = drawn(lambda ax, y: ax.plot(SERIES, y, color="red", marker="o"), SERIES)
    assert bold == drawn(KINDS["line"], SERIES)


def test_memory_is_that_of_this_process_in_mebibytes():
    before = peak()
    block = np.ones(30 * 2**20)  # 240 MiB
    assert 200 < peak() - before + max(0, before - 240) < 5000
    assert block[-1] == 1

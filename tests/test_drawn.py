"""Fingerprints of figures: a number or a look that changes shows, a rounding error does not, nor what nobody sees."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from drawn import drawing, peak
from drawn.fingerprints import MOST, checksum, fingerprint
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
    "text": lambda ax, y: ax.text(1, y[20], "here"),
    "second axis": lambda ax, y: ax.secondary_xaxis("top").set_xticks(y[20:22], ["a", "b"]),
}
LOOKS = {
    "line": (lambda ax, look: ax.plot(SERIES, SERIES, look), "-", "--"),
    "marker": (lambda ax, look: ax.plot(SERIES, SERIES, look), "o", "s"),
    "filling": (lambda ax, look: ax.plot(SERIES, SERIES, "o", markerfacecolor=look), "none", "black"),
    "colour": (lambda ax, look: ax.scatter(SERIES, SERIES, color=look), "red", "blue"),
    "bars": (lambda ax, look: ax.bar([1, 2], [1, 2], color=look), ["red", "blue"], ["blue", "red"]),
    "hatching": (lambda ax, look: ax.axvspan(1, 2, hatch=look), "//", "xx"),
    "map": (lambda ax, look: ax.pcolormesh(np.eye(3), cmap=look), "viridis", "magma"),
    "limits": (lambda ax, look: ax.pcolormesh(np.eye(3), vmax=look), 1, 2),
    "names": (lambda ax, look: ax.barh(look, [1, 2]), ["open", "share"], ["share", "open"]),
    "title": (lambda ax, look: ax.set_title(look), "one", "other"),
    "text": (lambda ax, look: ax.text(0.5, 0.5, look), "at 0.31", "at 0.32"),
    "legend": (lambda ax, look: ax.plot(SERIES, SERIES, label=look) and ax.legend(), "one", "other"),
    "shared legend": (lambda ax, look: ax.figure.legend(ax.plot(SERIES, SERIES), [look]), "one", "other"),
}


def drawn(draw, *numbers, **scales):
    """The fingerprints of one pair of axes."""
    ax = Figure().subplots()
    ax.set(xlabel="time $t$", ylabel="output", **scales)
    draw(ax, *numbers)
    return drawing(ax.figure)


def apart(one, other):
    """The greatest difference between two drawings as a part of an axis, infinite where they cannot be subtracted."""
    assert one.keys() == other.keys()
    gaps = [(distance(one[name]["value"], other[name]["value"]), one[name].get("span", 1)) for name in one]
    return max(np.inf if gap is None else gap / span for gap, span in gaps)


@pytest.mark.parametrize("kind", KINDS)
def test_one_number_that_moves_shows(kind):
    moved = SERIES.copy()
    moved[20] += 0.08
    assert apart(drawn(KINDS[kind], SERIES), drawn(KINDS[kind], moved)) > 1e-4


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"histogram"}))
def test_a_rounding_error_does_not_show(kind):
    rounded = SERIES * (1 + 1e-13 * np.cos(np.arange(50)))
    assert apart(drawn(KINDS[kind], SERIES), drawn(KINDS[kind], rounded)) < 1e-9


@pytest.mark.parametrize("what", LOOKS)
def test_a_look_that_changes_shows(what):
    draw, one, other = LOOKS[what]
    assert apart(drawn(draw, one), drawn(draw, one)) == 0
    assert apart(drawn(draw, one), drawn(draw, other)) == np.inf


def test_two_numbers_that_change_places_show():
    assert fingerprint([SERIES[::-1]])[:3] == fingerprint([SERIES])[:3]
    assert abs(checksum(SERIES[::-1]) - checksum(SERIES)) > 1e-4


@pytest.mark.parametrize("outlier", [1.0, 1000.0])
def test_a_line_that_moves_by_a_hundredth_shows_beside_a_map_and_a_number_out_of_sight(outlier):
    def panel(ax, place):
        ax.pcolormesh(np.linspace(0, 2, 200), np.linspace(0, 2, 200), np.zeros((199, 199)))
        ax.plot([1, outlier], [place, place])
        ax.set(xlim=(0, 2), ylim=(0, 2))

    assert apart(drawn(panel, 1.0), drawn(panel, 1.01)) > 1e-3


def test_things_beyond_the_first_share_a_checksum():
    many = [np.array([float(k)]) for k in range(3 * MOST)]
    moved = [*many[:-1], many[-1] + 1]
    assert len(fingerprint(many)) == 3 + MOST + 1
    assert distance(fingerprint(many), fingerprint(moved)) > 1e-3


def test_a_line_across_the_axes_counts_along_one_of_them():
    found = drawn(lambda ax: ax.axhline(0.5))
    assert set(found) == {"y", "looks"}
    assert (found["y"]["unit"], found["y"]["value"]) == ("output", fingerprint([np.array([0.5, 0.5])]))


def test_the_unit_is_the_label_of_the_axis_or_of_one_that_shares_it():
    upper, lower = Figure().subplots(2, sharex=True)
    upper.plot(SERIES, SERIES)
    lower.plot(SERIES, SERIES)
    lower.set(xlabel="time\n$t$")
    found = drawing(upper.figure)
    assert [found[name]["unit"] for name in ("1.x", "2.x", "1.y")] == ["time $t$", "time $t$", "place in the drawing"]


def test_small_numbers_count_on_a_logarithmic_axis():
    small, smaller = np.full(50, 1e-8), np.full(50, 2e-8)
    line, limits = KINDS["line"], (1e-10, 1)
    assert apart(drawn(line, small, ylim=limits), drawn(line, smaller, ylim=limits)) < 1e-7
    logs = [drawn(line, numbers, yscale="log", ylim=limits) for numbers in (small, smaller)]
    assert apart(*logs) > 0.01


def test_numbers_that_are_missing_are_not_counted():
    assert fingerprint([np.array([1.0, np.nan, np.inf])]) == fingerprint([np.array([1.0])])
    assert fingerprint([]) == [0]
    assert drawn(KINDS["line"], np.full(50, np.nan))["y"]["value"] == [0]
    codes = np.ma.masked_equal(np.arange(6).reshape(2, 3), 4)
    assert drawn(lambda ax: ax.pcolormesh(codes))["colour"]["value"] == fingerprint([np.array([0.0, 1, 2, 3, 5])])


def test_a_thing_that_is_not_known_is_no_figure_that_was_seen():
    for draw in (
        lambda ax: ax.inset_axes([0, 0, 1, 1]),
        lambda ax: ax.axline((0, 0), slope=1),
        lambda ax: ax.table([["a"]]),
    ):
        with pytest.raises(TypeError, match="which no fingerprint knows"):
            drawn(draw)


def test_an_empty_figure_has_no_fingerprint():
    assert drawing(Figure()) == {}
    assert drawn(lambda ax: ax.set_title("")) == {}


def test_sizes_and_grids_do_not_count():
    with mpl.rc_context({"lines.linewidth": 7, "axes.grid": True, "figure.dpi": 50, "font.size": 20}):
        bold = drawn(KINDS["line"], SERIES)
    assert bold == drawn(KINDS["line"], SERIES)


def test_memory_is_that_of_this_process_in_mebibytes():
    before = peak()
    block = np.ones(30 * 2**20)  # 240 MiB
    assert 200 < peak() - before + max(0, before - 240) < 5000
    assert block[-1] == 1

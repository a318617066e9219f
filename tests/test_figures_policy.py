import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from ecolib import figures
from ecolib.figures.policy import named_fills, relation_matrix, shift_diagram, stacked_bars
from ecolib.figures.policy_draws import count_bars, dose_diagram, index_bars

NAMES = ("alliance", "platform", "digital")


@pytest.fixture(autouse=True)
def _book_style():
    with figures.style():
        yield


def axes():
    return Figure().subplots()


def test_an_arrow_runs_from_before_to_after_in_every_row():
    before, after = np.array([0.2, 0.5]), np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]])
    ax = shift_diagram(axes(), before, after, names=NAMES, marks=("first", "last"))
    arrows = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 2 and line.get_ydata()[0] not in (0, 1)]
    drawn = [tuple(map(float, x)) for x in arrows if x[0] in before]
    assert {(0.2, 0.1), (0.5, 0.4), (0.2, 0.3), (0.5, 0.6)} <= set(drawn)
    marked = {line.get_label(): line.get_xdata() for line in ax.lines if line.get_label() in ("first", "last")}
    assert np.array_equal(marked["first"], after[:, 0])
    assert np.array_equal(marked["last"], after[:, 1])


def test_rows_are_named_from_above():
    ax = shift_diagram(axes(), [0.2], [[0.1], [0.2], [0.3]], names=NAMES, marks=("first",))
    assert [label.get_text() for label in ax.get_yticklabels()] == list(NAMES)
    low, high = ax.get_ylim()
    assert low > high


def test_parts_of_a_bar_add_up_and_negative_parts_go_left():
    parts = {"c": [1.0, 0.0, 2.0], "tau": [0.5, 0.0, 1.0], "pull": [-0.25, 0.0, 0.0], "eta": [0.0, 0.0, 0.0]}
    ax = stacked_bars(axes(), parts, names=NAMES)
    spans = {(round(float(bar.get_x()), 9), round(float(bar.get_x() + bar.get_width()), 9)) for bar in ax.patches}
    assert {(0.0, 1.0), (1.0, 1.5), (0.0, -0.25), (0.0, 2.0), (2.0, 3.0)} <= spans
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["c", "tau", "pull"]
    assert stacked_bars(axes(), parts, names=NAMES, legend=False).get_legend() is None


def test_a_table_of_relations_shows_each_pair_once_with_its_sign():
    table = np.array([[np.nan, 0.5, -0.25], [0.5, np.nan, 0.0], [-0.25, 0.0, np.nan]])
    ax = relation_matrix(axes(), table, names=NAMES)
    shown = {tuple(map(float, text.get_position())): text.get_text() for text in ax.texts}
    assert shown == {(0.0, 0.0): "+0.50", (0.0, 1.0): "\N{MINUS SIGN}0.25", (1.0, 1.0): "0"}
    image = ax.images[0]
    assert image.get_clim() == (-0.5, 0.5)
    unknown = np.where(table == 0.5, np.nan, table)
    assert "?" in [text.get_text() for text in relation_matrix(axes(), unknown, names=NAMES).texts]


def test_indices_stand_beside_each_other_with_their_intervals():
    errors = [[0.1, 0.2, 0.3], [0.05, 0.05, 0.05]]
    ax = index_bars(axes(), [0.1, 0.2, 0.3], [0.2, 0.4, 0.6], errors=errors, names=NAMES)
    found = {container.get_label(): container for container in ax.containers}
    assert found.keys() == {"first-order index", "total index"}
    assert np.array_equal(found["total index"][0].get_xdata(), [0.2, 0.4, 0.6])
    for name, wanted in zip(("first-order index", "total index"), errors, strict=True):
        (segments,) = (bar.get_segments() for bar in found[name][2])
        assert np.allclose([np.ptp(segment[:, 0]) / 2 for segment in segments], wanted)


def test_counts_are_written_at_their_bars():
    ax = count_bars(axes(), {"inhibition": 7, "runaway": 0, "tip": 3}, draws=10)
    assert [bar.get_width() for bar in ax.patches] == [7, 0, 3]
    assert [text.get_text() for text in ax.texts] == ["7", "0", "3"]
    assert ax.get_xlabel() == "draws out of 10"


def test_rest_is_solid_where_more_dose_means_less_heterogeneity():
    V = np.geomspace(0.01, 3, 200)
    dose = 0.5 - 0.4 * np.sin(2 * np.log(V))
    ax = dose_diagram(axes(), dose, V)
    solid, dashed = ax.lines
    assert np.all(np.diff(dose)[np.isfinite(solid.get_xdata())[:-1] & np.isfinite(solid.get_xdata())[1:]] < 0)
    assert np.all(np.diff(dose)[np.isfinite(dashed.get_xdata())[:-1] & np.isfinite(dashed.get_xdata())[1:]] > 0)
    assert dashed.get_linestyle() == "--"
    assert ax.get_ylim() == pytest.approx((3.0, 0.01))


def test_fills_have_a_name_each_and_differ_by_colour():
    fills = named_fills([f"letter {k}" for k in range(9)])
    assert len({fill.colour for fill in fills}) == 9
    assert len({fill.hatch for fill in fills if fill.hatch}) >= 5


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: named_fills(list("abcdefghij")), "there are 9 fills, got 10 names"),
        (lambda: shift_diagram(axes(), [0.1], [[0.1]], names=NAMES, marks=("a",)), "after must have shape"),
        (lambda: stacked_bars(axes(), {"c": [1, np.nan, 1]}, names=NAMES), "c must be finite"),
        (lambda: relation_matrix(axes(), [[1, 2]], names=NAMES), r"table must have shape \(3, 3\), got \(1, 2\)"),
        (lambda: index_bars(axes(), [1], [1], errors=[[1]], names=NAMES), r"errors must have shape \(2, 3\)"),
        (lambda: count_bars(axes(), {"tip": 11}, draws=10), "counts must be between 0 and 10"),
        (lambda: dose_diagram(axes(), [0, 1], [1, 1]), "dose and increasing V must have one shape"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_drawing_leaves_the_style_alone():
    before = dict(mpl.rcParams)
    relation_matrix(axes(), np.full((3, 3), 0.5), names=NAMES)
    assert dict(mpl.rcParams) == before

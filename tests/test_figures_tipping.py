import numpy as np
import pytest
from matplotlib.figure import Figure
from reduced_by_hand import model

from ecolib import figures
from ecolib.figures.tipping import loop_diagram, reduced_diagram
from ecolib.paper.evolution import folds, sweep

WEAK, STRONG, KEEN = model(1.2, 0.5, 1), model(1.8, 0.5, 1), model(2.3, 0.5, 1)


@pytest.fixture(autouse=True)
def _book_style():
    with figures.style():
        yield


def lines(ax, dashed):
    found = [line for line in ax.lines if len(line.get_xdata()) > 1]
    return [line.get_xydata() for line in found if (line.get_linestyle() == "--") == dashed]


def dots(ax):
    return np.array([line.get_xydata()[0] for line in ax.lines if line.get_gid() == "fold"])


def test_the_curve_is_solid_where_it_rises_and_dashed_where_it_falls():
    ax = reduced_diagram(Figure().subplots(), [STRONG.curve], names=["strong"], most=2.6)
    assert all(np.all(np.diff(xy[1:, 1]) > 0) for xy in lines(ax, dashed=False))
    (falling,) = lines(ax, dashed=True)
    assert np.all(np.diff(falling[1:, 1]) < 0)
    assert np.allclose(falling[:, 1], STRONG.curve(falling[:, 0]))


def test_dots_stand_at_the_folds():
    wanted = np.array([(fold.V, fold.F) for fold in folds(STRONG)])
    ax = reduced_diagram(Figure().subplots(), [WEAK.curve, STRONG.curve], names=["weak", "strong"], most=2.6)
    assert np.allclose(dots(ax), wanted, atol=3e-3)
    assert [text.get_text() for text in ax.texts] == ["weak", "strong"]


def test_the_loop_has_its_folds_at_the_critical_intensities():
    ax = loop_diagram(Figure().subplots(), STRONG, tau=(0.3, 1.5), V=(0.005, 8))
    wanted = np.array([(fold.tau, fold.V) for fold in folds(STRONG)])
    assert np.allclose(dots(ax), wanted, rtol=1e-2)
    assert len(lines(ax, dashed=True)) == 1


def test_stages_are_bands_between_the_thresholds():
    ax = loop_diagram(Figure().subplots(), STRONG, tau=(0.3, 1.5), V=(0.005, 8))
    at = STRONG.closure.thresholds
    edges = sorted({round(float(y), 9) for patch in ax.patches for y in patch.get_extents().get_points()[:, 1]})
    shown = sorted(ax.transData.transform([(1, V) for V in (0.005, at.V_b, at.V_c, at.V_0, 8)])[:, 1])
    assert np.allclose(edges, shown)
    names = [text.get_text() for text in ax.texts]
    assert names == ["inhibition", "single benefit", "biased benefit", "balanced mutualism"]


def test_the_ways_of_a_sweep_are_drawn_and_named():
    way = sweep(STRONG, low=0.4, high=1.4, time=800, points=51)
    ax = loop_diagram(Figure().subplots(), STRONG, tau=(0.3, 1.5), V=(0.005, 8), sweep=way)
    drawn = {line.get_label(): line.get_ydata() for line in ax.lines if line.get_label().startswith("transfer")}
    assert np.array_equal(drawn["transfer raised"], way.up[-1])
    assert np.array_equal(drawn["transfer lowered"], way.down[-1])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == list(drawn)
    quiet = loop_diagram(Figure().subplots(), STRONG, tau=(0.3, 1.5), V=(0.005, 8), sweep=way, legend=False)
    assert quiet.get_legend() is None


def test_where_benefit_runs_away_nothing_is_drawn():
    ax = reduced_diagram(Figure().subplots(), [KEEN.curve], names=["keen"], most=2.6, top=3)
    least = min(xy[:, 0].min() for dashed in (False, True) for xy in lines(ax, dashed))
    assert least == pytest.approx(KEEN.curve.least_V, abs=2e-3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda ax: reduced_diagram(ax, [WEAK.curve], names=["a", "b"], most=1), "one name for each of 1 units"),
        (lambda ax: reduced_diagram(ax, [WEAK.curve], names=["a"], most=0), "most must be positive and finite, got 0"),
        (lambda ax: loop_diagram(ax, WEAK, tau=(0, 1), V=(1, 2)), "tau must hold two positive numbers in order"),
        (lambda ax: loop_diagram(ax, WEAK, tau=(1, 2), V=(2, 1)), "V must hold two positive numbers in order"),
    ],
)
def test_axes_that_make_no_sense_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call(Figure().subplots())

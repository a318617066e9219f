"""What readers need of every figure: contrast, colours that stay apart, text that is large enough and not covered."""

from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from ecolib import REGIMES, Mode, Stage, Symbiosis, Values, figures, regime_map, simulate
from ecolib.figures import theme
from ecolib.figures.fills import BALANCED, BIASED
from ecolib.figures.labels import spread
from ecolib.paper.evolution import Closure

TWO = Symbiosis.of(units=2)
RIVALS = Values(r=(1, 0.8), K=(2, 1), alpha=((0, -1.6), (-1.3, 0)))
RUNAWAY = Values(r=(1, 1), K=(1, 1), alpha=((0, 1.2), (1.1, 0)))

# How readers with a colour vision deficiency see linear RGB: Machado, Oliveira and Fernandes (2009), full severity.
VISION = {
    "normal": np.eye(3),
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)


def linear(colour):
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """Contrast ratio of the Web Content Accessibility Guidelines."""
    low, high = sorted(linear(colour) @ TO_XYZ[1] + 0.05 for colour in (one, other))
    return high / low


def lab(colour, vision):
    xyz = TO_XYZ @ np.clip(np.array(VISION[vision]) @ linear(colour), 0, 1) / (0.95047, 1.0, 1.08883)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one, other, vision):
    return np.linalg.norm(lab(one, vision) - lab(other, vision))


FILLS = {
    "modes": [figures.fill_of(mode) for mode in Mode],
    "stages": [figures.fill_of(stage) for stage in Stage],
    "regimes": [figures.fill_of(name) for name in REGIMES],
    "bands": [figures.fill_of(Mode.INHIBITION), figures.fill_of(Mode.PARASITISM), BIASED, BALANCED],
}


@pytest.mark.parametrize("colour", [*theme.UNIT_COLOURS, theme.INK, theme.QUIET])
def test_text_stands_out_on_the_card(colour):
    assert contrast(colour, theme.BACKGROUND) >= 4.5


def test_lines_stand_out_on_the_card_and_on_bands():
    assert contrast(theme.FLOW, theme.BACKGROUND) >= 3
    pale = {fill.pale for fills in FILLS.values() for fill in fills}
    assert min(contrast(line, ground) for line in theme.UNIT_COLOURS for ground in pale) >= 3


def test_labels_stand_out_on_every_fill():
    assert min(contrast(theme.INK, fill.colour) for fills in FILLS.values() for fill in fills) >= 4.5


@pytest.mark.parametrize("vision", VISION)
def test_units_stay_apart_for_every_reader(vision):
    assert min(distance(*pair, vision) for pair in combinations(theme.UNIT_COLOURS, 2)) > 18


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("family", FILLS)
def test_fills_stay_apart_by_colour_or_hatch(family, vision):
    pairs = [(one, other) for one, other in combinations(FILLS[family], 2) if one.hatch == other.hatch]
    assert all(distance(one.colour, other.colour, vision) > 10 for one, other in pairs)


def test_every_kind_has_a_colour():
    assert set(figures.MODE_COLOURS) == set(Mode)
    assert set(figures.STAGE_COLOURS) == set(Stage)
    assert tuple(figures.REGIME_COLOURS) == REGIMES


def test_each_unit_has_a_look_of_its_own():
    looks = [figures.unit_style(i) for i in range(140)]
    assert len({tuple(map(str, look.values())) for look in looks}) == 140
    with pytest.raises(ValueError, match="unit must be at least 0, got -1"):
        figures.unit_style(-1)


def test_the_style_is_undone_after_its_block_and_stays_otherwise():
    with mpl.rc_context():
        mpl.rcdefaults()
        before = dict(mpl.rcParams)
        with figures.style():
            assert mpl.rcParams["savefig.facecolor"] == theme.BACKGROUND
        assert dict(mpl.rcParams) == before
        figures.use_style()
        assert mpl.rcParams["font.size"] == theme.SMALL


def portrait(ax):
    figures.phase_portrait(ax, TWO, RIVALS, names=("transferring unit", "origin"), starts=[(0.1, 0.2)])


def series(ax):
    path = simulate(TWO, RUNAWAY, x0=(0.2, 0.1), t=np.linspace(0, 60, 2001))
    figures.time_series(ax, path, names=("transferring", "destination"), capacity=(1, 1.05))


def regimes(ax):
    side = np.linspace(-2, 1.6, 60)
    alpha = np.zeros((60, 60, 2, 2))
    alpha[..., 0, 1], alpha[..., 1, 0] = np.meshgrid(side, side)
    codes = regime_map(TWO, Values(r=(1, 1), K=(1, 1), alpha=alpha))
    figures.regime_map(ax, side, side, codes, xlabel=r"$\alpha_{12}$", ylabel=r"$\alpha_{21}$")


def thresholds(ax):
    figures.threshold_diagram(ax, Closure(s=1.2, c=0.3, omega=1))


def near_thresholds(ax):
    figures.gains_diagram(ax, Closure(s=1.2, c=0.01, omega=1), over="V", bands="shares", start=6.0)


def triangle(ax):
    shares = figures.simplex_shares(40)
    figures.simplex(ax, shares, (shares > 0.4).any(axis=1), names=(Mode.MUTUALISM, Mode.MIXED))


def drawn_texts(figure):
    """All text that is seen, without the labels of ticks beyond the ends of an axis."""
    axes = [axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)]
    ticks = [(axis, tick) for axis in axes for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())]
    beyond = {tick.label1 for axis, tick in ticks if not min(v := axis.get_view_interval()) <= tick.get_loc() <= max(v)}
    found = [text for text in figure.findobj(Text) if text.get_visible() and text not in beyond]
    return [text for text in found if text.get_text().strip() and text.get_window_extent().width > 0]


@pytest.mark.parametrize("draw", [portrait, series, regimes, thresholds, near_thresholds, triangle])
def test_text_is_large_enough_inside_the_figure_and_not_covered_by_text(draw):
    with figures.style():
        figure = Figure()
        draw(figure.subplots())
        FigureCanvasAgg(figure).draw()
        texts = drawn_texts(figure)
        phone = 380 / (72 * figure.get_size_inches()[0])
        assert min(text.get_fontsize() for text in texts) * phone >= 9
        boxes = [(text.get_text(), text.get_window_extent().padded(-1)) for text in texts]
        assert [name for name, box in boxes if figure.bbox.count_contains(box.corners()) < 4] == []
        assert [(one[0], other[0]) for one, other in combinations(boxes, 2) if one[1].overlaps(other[1])] == []


@pytest.mark.parametrize("draw", [portrait, regimes])
def test_figures_are_the_same_every_time(draw):
    images = []
    for _ in range(2):
        with figures.style():
            figure = Figure()
            canvas = FigureCanvasAgg(figure)
            draw(figure.subplots())
            canvas.draw()
            images.append(bytes(canvas.buffer_rgba()))
    assert images[0] == images[1]


def test_a_shared_legend_lists_each_entry_once():
    with figures.style():
        figure = Figure(figsize=(6.4, 3.6))
        for ax in figure.subplots(1, 2):
            figures.phase_portrait(ax, TWO, RIVALS, legend=False)
        entries = [text.get_text() for text in figures.shared_legend(figure).get_texts()]
    assert len(entries) == len(set(entries)) == 6
    assert figures.shared_legend(Figure()) is None


def test_labels_are_moved_apart_as_little_as_needed():
    moved = spread([0.9, 0.1, 0.92, 0.5, 0.5], gap=0.1, high=1.0)
    assert np.all(np.diff(np.sort(moved)) > 0.1 - 1e-12)
    assert moved.round(3).tolist() == [0.86, 0.1, 0.96, 0.55, 0.45]
    assert spread([1.0, 1.0], gap=0.2, high=1.0).tolist() == [1.0, 0.8]

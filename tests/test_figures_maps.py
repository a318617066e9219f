import numpy as np
import pytest
from matplotlib.figure import Figure

from ecolib import REGIMES, Mode, Stage, Values, figures
from ecolib import mode_map as modes
from ecolib.paper.evolution import Closure

CLOSURE = Closure(s=1.2, c=0.3, omega=1)


@pytest.fixture(autouse=True)
def _book_style():
    with figures.style():
        yield


def new_axes(**options):
    return Figure(**options).subplots()


def texts(ax):
    return [text.get_text() for text in ax.texts]


def entries(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def plane(x, y):
    """Modes of two units over their coefficients."""
    alpha = np.zeros((y.size, x.size, 2, 2))
    alpha[..., 0, 1], alpha[..., 1, 0] = np.meshgrid(x, y)
    return modes(Values(r=(1, 1), K=(1, 1), alpha=alpha))


def bands(ax):
    """Names of the bands, and where each begins and ends."""
    found = [patch for patch in ax.patches if (patch.get_gid() or "").startswith("band: ")]
    return {patch.get_gid()[6:]: (patch.get_x(), patch.get_x() + patch.get_width()) for patch in found}


def marks(ax):
    return {line.get_gid()[6:]: line.get_xdata()[0] for line in ax.lines if (line.get_gid() or "").startswith("mark: ")}


def test_labels_of_a_map_stand_inside_their_areas():
    x, y = np.linspace(-1.6, 1.5, 70), np.linspace(-3.0, 1.6, 80)
    codes = plane(x, y)
    ax = figures.mode_map(new_axes(figsize=(6.4, 5.2)), x, y, codes)
    for text in ax.texts:
        column, row = (np.argmin(abs(side - at)) for side, at in zip((x, y), text.get_position(), strict=True))
        assert list(Mode)[codes[row, column]].value == text.get_text()
    assert set(texts(ax)) == {"exclusion", "bistability", "inhibition", "parasitism", "mutualism", "runaway"}
    assert ax.get_legend() is None


def test_areas_without_room_for_a_label_go_into_the_legend():
    codes = np.zeros((50, 50), dtype=int)
    codes[:4, :4] = 5
    ax = figures.regime_map(new_axes(), range(50), range(50), codes)
    assert texts(ax) == ["coexistence"]
    assert entries(ax) == ["undecided"]


def test_what_holds_on_a_line_only_is_not_named():
    side = np.linspace(-0.5, 0.5, 41)
    codes = plane(side, side)
    assert list(Mode).index(Mode.COMMENSALISM) in codes
    ax = figures.mode_map(new_axes(), side, side, codes)
    assert set(texts(ax)) == {"inhibition", "parasitism", "mutualism"}


def test_maps_have_logarithmic_axes_and_take_other_names():
    x = np.geomspace(0.01, 1, 30)
    codes = np.repeat(np.arange(3), 10)[:, None] * np.ones(30, dtype=int)
    kinds = (Stage.INHIBITION, Mode.RUNAWAY, figures.Fill("best lever: trust", "#ffffff"))
    ax = figures.regime_map(new_axes(), x, x, codes, names=kinds, log="xy", xlabel="rate")
    assert (ax.get_xscale(), ax.get_yscale(), ax.get_xlabel()) == ("log", "log", "rate")
    assert texts(ax) == ["inhibition", "runaway", "best lever: trust"]


@pytest.mark.parametrize(
    ("xs", "codes", "options", "message"),
    [
        ([0, 1], [[0, 9], [0, 0]], {}, f"positions among {len(REGIMES)} names"),
        ([0, 1], [[0, 0.5], [0, 0]], {}, "codes must be integers"),
        ([0, 1, 2], [[0, 0], [0, 0]], {}, r"shape \(rows, columns\) = \(2, 3\), got \(2, 2\)"),
        ([1, 0], [[0, 0], [0, 0]], {}, "xs must hold at least two increasing numbers"),
        ([0, 1], [[0, 0], [0, 0]], {"names": ["decay"]}, "'decay' is not a Mode, a Stage"),
    ],
)
def test_regime_map_rejects(xs, codes, options, message):
    with pytest.raises(ValueError, match=message):
        figures.regime_map(new_axes(), xs, [0, 1], codes, **options)


def test_bands_end_at_the_thresholds():
    ax, found = figures.threshold_diagram(new_axes(), CLOSURE), CLOSURE.thresholds
    assert marks(ax) == {"$\\phi_0$": found.phi_0, "$\\phi_c$": found.phi_c, "$\\phi_b$": found.phi_b}
    assert list(bands(ax)) == ["inhibition", "parasitism", "biased mutualism", "balanced mutualism"]
    assert np.allclose(list(bands(ax).values())[1:3], [(found.phi_0, found.phi_c), (found.phi_c, found.phi_b)])
    assert set(texts(ax)) | set(entries(ax)) >= {"leader, $a_1$", "follower, $a_2$", *bands(ax), *marks(ax)}


def test_coefficients_and_gains_are_those_of_the_closure():
    for ax, lines in (
        (figures.threshold_diagram(new_axes(), CLOSURE), lambda phi: CLOSURE.alpha(phi=phi)[:, [0, 1], [1, 0]]),
        (figures.gains_diagram(new_axes(), CLOSURE), lambda phi: CLOSURE.gains(phi=phi)),
    ):
        phi, leader = ax.lines[0].get_data()
        assert np.array_equal(lines(phi), np.transpose([leader, ax.lines[1].get_ydata()]))


def test_heterogeneity_falls_to_the_right():
    ax = figures.gains_diagram(new_axes(), CLOSURE, over="V", bands="shares", start=2.0)
    assert ax.get_xlim() == (2.0, 0.0)
    assert marks(ax)["$V_c$"] == pytest.approx(CLOSURE.thresholds.V_c)
    assert list(bands(ax)) == ["inhibition", "single benefit", "biased benefit", "balanced mutualism"]


def test_only_changes_that_happen_are_marked():
    one_way = figures.threshold_diagram(new_axes(), Closure(s=1.2, c=0.3, omega=0))
    assert (list(marks(one_way)), list(bands(one_way))) == (["$\\phi_0$"], ["inhibition", "parasitism"])
    signs = figures.threshold_diagram(new_axes(), CLOSURE, bands="signs")
    assert list(bands(signs)) == ["inhibition", "single benefit", "balanced mutualism"]
    assert list(marks(signs)) == ["$\\phi_0$", "$\\phi_c$"]


def test_gains_without_bound_leave_a_gap():
    ax = figures.gains_diagram(new_axes(), Closure(s=1.9, c=0.1, omega=1, n=3), names=("hub", "rim"))
    assert np.isnan(ax.lines[0].get_ydata()[-1])
    assert list(bands(ax))[-1] == "runaway"
    assert {text.get_text(): text.get_position()[1] <= 1 for text in ax.texts[:2]} == {"hub, $g_1$": 1, "rim, $g_i$": 1}


@pytest.mark.parametrize(
    ("closure", "options", "message"),
    [
        (CLOSURE, {"over": "time"}, "over must be one of phi, V, got 'time'"),
        (CLOSURE, {"bands": "stages"}, "bands must be one of modes, signs, shares, got 'stages'"),
        (Closure(s=[[1.0], [1.1]], c=0.3, omega=1), {"start": 0.5}, "diagrams are for one closure"),
    ],
)
@pytest.mark.parametrize("diagram", [figures.threshold_diagram, figures.gains_diagram])
def test_diagrams_reject(diagram, closure, options, message):
    with pytest.raises(ValueError, match=message):
        diagram(new_axes(), closure, **options)


def test_bands_reject_edges_that_do_not_fit():
    with pytest.raises(ValueError, match="1 bands need 2 edges"):
        figures.stage_bands(new_axes(), [0, 1, 2], [Mode.MUTUALISM])
    with pytest.raises(ValueError, match="edges must rise or fall"):
        figures.stage_bands(new_axes(), [0, 2, 1], [Mode.MUTUALISM, Mode.RUNAWAY])


def test_simplex_labels_areas_by_the_nearest_share():
    shares = figures.simplex_shares(30)
    assert np.allclose(shares.sum(axis=1), 1)
    assert len(shares) == 900
    ax = figures.simplex(new_axes(), shares, shares[:, 0] > 0.4, names=("coexistence", "exclusion"))
    heights = {text.get_text(): text.get_position()[1] for text in ax.texts[3:]}
    assert heights["exclusion"] > 0.4 * np.sqrt(0.75) > heights["coexistence"]
    assert texts(ax)[:3] == ["transferring", "origin", "destination"]


@pytest.mark.parametrize(
    ("shares", "codes", "message"),
    [
        ([[0.5, 0.5]], [0], r"shares must have shape \(points, 3\)"),
        ([[0.5, 0.2, 0.2]], [0], "each row must add up to 1"),
        ([[1.5, -0.5, 0.0]], [0], "must not be negative"),
        ([[1.0, 0.0, 0.0]], [11], "positions among 11 names"),
        ([[1.0, 0.0, 0.0]], [0.5], "codes must be integers"),
    ],
)
def test_simplex_rejects(shares, codes, message):
    with pytest.raises(ValueError, match=message):
        figures.simplex(new_axes(), shares, codes)
    with pytest.raises(ValueError, match="steps must be at least 1, got 0"):
        figures.simplex_shares(0)

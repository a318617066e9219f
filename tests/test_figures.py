import numpy as np
import pytest
from matplotlib.figure import Figure

from ecolib import Symbiosis, Values, equilibria, figures, simulate
from ecolib.numeric import evaluate, steady_state

TWO = Symbiosis.of(units=2)
RIVALS = Values(r=(1, 0.8), K=(2, 1), alpha=((0, -1.6), (-1.3, 0)))
GUEST = Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
RUNAWAY = Values(r=(1, 1), K=(1, 1), alpha=((0, 1.2), (1.1, 0)))


@pytest.fixture(autouse=True)
def _book_style():
    with figures.style():
        yield


def new_axes():
    return Figure().subplots()


def markers(ax):
    return [
        line.get_gid().removeprefix("equilibrium: ") for line in ax.lines if "equilibrium" in (line.get_gid() or "")
    ]


def lines_named(ax, label):
    return [line for line in ax.lines if line.get_label() == label]


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        (RIVALS, ["saddle", "stable", "stable", "unstable"]),
        (GUEST, ["saddle", "saddle", "stable", "unstable"]),
        (RUNAWAY, ["saddle", "saddle", "unstable"]),
        (Values(r=(1, 1), K=(1, 1), alpha=((0, -1), (-1, 0))), ["undecided", "undecided", "unstable"]),
    ],
)
def test_phase_portrait_marks_every_equilibrium_by_its_kind(values, kinds):
    assert sorted(markers(figures.phase_portrait(new_axes(), TWO, values))) == kinds


def test_equilibria_beyond_the_limit_are_not_drawn():
    ax = figures.phase_portrait(new_axes(), TWO, GUEST, limit=(110, 70))
    assert markers(ax) == ["saddle", "unstable"]
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, 110), (0, 70))


@pytest.mark.parametrize("saturation", [False, True])
def test_growth_is_zero_on_nullclines_and_they_cross_at_coexistence(saturation):
    ax = figures.phase_portrait(new_axes(), TWO, GUEST, saturation=saturation)
    unit = GUEST.K if saturation else np.ones(2)
    both = steady_state(equilibria(TWO)[-1], GUEST) * GUEST.K / unit
    for i in range(2):
        (line,) = lines_named(ax, f"nullcline of unit {i + 1}")
        points = line.get_xydata()
        assert np.allclose(evaluate(TWO.growth[i], TWO, GUEST, points * unit), 0)
        assert abs(np.interp(both[1 - i], *points[np.argsort(points[:, 1 - i])].T[[1 - i, i]]) - both[i]) < 1e-9
        assert line.get_color() == figures.unit_style(i)["color"]


def test_separatrix_passes_through_the_saddle_and_only_there_is_one():
    ax = figures.phase_portrait(new_axes(), TWO, RIVALS)
    saddle = steady_state(equilibria(TWO)[-1], RIVALS) * RIVALS.K
    assert [line.get_xydata()[0].tolist() for line in lines_named(ax, "separatrix")] == [saddle.tolist()] * 2
    assert not lines_named(figures.phase_portrait(new_axes(), TWO, GUEST), "separatrix")


def test_paths_run_from_their_start_to_the_attractor_in_the_units_of_the_axes():
    ax = figures.phase_portrait(new_axes(), TWO, GUEST, saturation=True, starts=[(0.1, 0.05), (0.2, 1)])
    ends = [line.get_xydata()[[0, -1]].round(3).tolist() for line in lines_named(ax, "path")]
    assert ends == [[[0.1, 0.05], [1.226, 0.755]], [[0.2, 1.0], [1.226, 0.755]]]


def test_phase_portrait_names_axes_and_lists_each_entry_once():
    ax = figures.phase_portrait(new_axes(), TWO, RIVALS, names=("host", "guest"), starts=[(0.1, 0.2), (1, 1)])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("output of host, $x_1$", "output of guest, $x_2$")
    entries = [text.get_text() for text in ax.get_legend().get_texts()]
    nullclines = ["nullcline of host", "nullcline of guest"]
    assert entries == [*nullclines, "separatrix", "path", "stable", "saddle", "unstable"]
    assert figures.phase_portrait(new_axes(), TWO, RIVALS, legend=False).get_legend() is None


@pytest.mark.parametrize(
    ("model", "values", "options", "message"),
    [
        (Symbiosis.of(units=3), RIVALS, {}, "one set of 2 units, got 3 units"),
        (TWO, Values(r=(1, 1), K=(1, 1), alpha=np.zeros((4, 2, 2))), {}, r"batch \(4,\)"),
        (TWO, RIVALS, {"limit": -1}, "limit must be positive and finite, got -1"),
        (TWO, RIVALS, {"limit": float("inf")}, "limit must be positive"),
        (TWO, RIVALS, {"names": ("one",)}, "one name for each of 2 units"),
        (TWO, RIVALS, {"starts": [(-1, 1)]}, "x0 must be finite and not negative"),
    ],
)
def test_phase_portrait_rejects(model, values, options, message):
    with pytest.raises(ValueError, match=message):
        figures.phase_portrait(new_axes(), model, values, **options)


def test_time_series_draws_the_path_and_its_capacities():
    path = simulate(TWO, GUEST, x0=(10, 5), t=range(61))
    ax = figures.time_series(new_axes(), path, names=("guest", "host"), capacity=GUEST.K)
    assert np.array_equal([line.get_ydata() for line in ax.lines[:2]], path.x)
    assert [line.get_ydata()[0] for line in ax.lines if line.get_gid() == "capacity"] == [100, 80]
    assert [text.get_text() for text in ax.texts] == ["guest", "host", "$K_{1}$", "$K_{2}$"]


def test_time_series_says_how_a_path_ended_early():
    path = simulate(TWO, RUNAWAY, x0=(0.2, 0.1), t=np.linspace(0, 60, 2001))
    ax = figures.time_series(new_axes(), path, capacity=1)
    sentence, line = ([a for a in group if a.get_gid() == "end"] for group in (ax.texts, ax.lines))
    assert sentence[0].get_text() == f"escaped at $t$ = {path.reached:.3g}"
    assert line[0].get_xdata()[0] == ax.get_xlim()[1] == path.reached
    assert ax.get_ylim() == (0, 4)
    heads = [line.get_ydata()[0] for line in ax.lines if len(line.get_ydata()) == 1]
    assert heads == [4, 4]
    finished = figures.time_series(new_axes(), simulate(TWO, GUEST, x0=(1, 1), t=(0, 9)))
    assert "end" not in {text.get_gid() for text in finished.texts}


def test_absent_units_are_not_seen_on_a_logarithmic_axis():
    path = simulate(TWO, GUEST, x0=(10, 0), t=range(9))
    ax = figures.time_series(new_axes(), path, log=True)
    assert ax.get_yscale() == "log"
    assert [text.get_text() for text in ax.texts] == ["unit 1"]


def test_time_series_rejects_what_does_not_fit():
    path = simulate(TWO, GUEST, x0=(10, 5), t=range(9))
    with pytest.raises(TypeError, match=r"path must be one ecolib\.Path, got ndarray"):
        figures.time_series(new_axes(), path.x)
    with pytest.raises(ValueError, match=r"capacity must be one number or have shape \(2,\), got \(3,\)"):
        figures.time_series(new_axes(), path, capacity=(1, 2, 3))
    with pytest.raises(ValueError, match="names must hold one name for each of 2 units"):
        figures.time_series(new_axes(), path, names="ab")


def test_without_axes_the_current_ones_are_used():
    import matplotlib.pyplot as plt

    plt.switch_backend("agg")
    assert figures.phase_portrait(None, TWO, GUEST) is plt.gca()
    plt.close()

"""Cases printed by others; their numbers and sources are in ``published.toml``."""

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from draws import MODELS

from ecolib import Mode, Stability, Values, eigenvalues, equilibria, mode, regime, simulate, stable
from ecolib.numeric import steady_state

TESTS = Path(__file__).parent
PUBLISHED = tomllib.loads((TESTS / "published.toml").read_text(encoding="utf-8"))


def read(case):
    """The values of a case, through the adapter of its convention."""
    r = np.array(case["r"], dtype=float)
    match case["convention"]:
        case "internal":
            return Values(r=r, K=case["K"], alpha=case["alpha"])
        case "count":
            return Values.from_count_competition(r, case["K"], case["beta"])
        case "glv":
            return Values.from_glv(r, case["A"])
        case "per_rate":
            return Values.from_glv(r, r[:, None] * np.array(case["B"]))


def outputs(values):
    """Outputs where everybody lives."""
    return steady_state(equilibria(MODELS[values.units])[-1], values) * values.K


@pytest.mark.parametrize("case", PUBLISHED["pair"], ids=lambda case: case["name"])
def test_two_units_have_the_mode_that_is_printed(case):
    assert mode(read(case)).value == case["mode"]
    if "equilibrium" in case:
        assert np.allclose(outputs(read(case)), case["equilibrium"], rtol=1e-12)
    if "winner" in case:
        assert regime(MODELS[2], read(case)).supports == ((case["winner"],),)


def test_the_table_of_modes_has_every_mode_that_two_units_can_have():
    missing = {Mode.INDEPENDENCE, Mode.MIXED, Mode.UNDECIDED}
    assert {case["mode"] for case in PUBLISHED["pair"]} == {named.value for named in set(Mode) - missing}


@pytest.mark.parametrize("row", range(4))
def test_equilibria_of_the_phaser_example_are_exact(row):
    case, values = PUBLISHED["phaseR"], Values.from_glv(PUBLISHED["phaseR"]["r"], PUBLISHED["phaseR"]["A"])
    printed, point = case["printed"][row], equilibria(MODELS[2])[row]
    first, second = eigenvalues(point, values)
    assert np.allclose(steady_state(point, values) * values.K, printed["at"], rtol=0, atol=1e-14)
    found = first * second, (first - second) ** 2, first + second
    assert np.allclose(found, [printed[name] for name in ("determinant", "discriminant", "trace")], atol=1e-12)
    assert stable(point, values) is Stability(printed["kind"])


@pytest.mark.parametrize("case", PUBLISHED["path"], ids=lambda case: case["convention"])
def test_paths_are_those_that_are_printed(case):
    path = simulate(MODELS[2], read(case), x0=case["x0"], t=range(len(case["printed"][0])))
    assert np.allclose(path.x, case["printed"], rtol=2e-6)


@pytest.mark.parametrize("row", PUBLISHED["commensal"]["printed"], ids=lambda row: row["case"])
def test_four_actors_end_where_the_table_of_commensalism_says(row):
    case = PUBLISHED["commensal"]
    K, x0, alone = (np.array(case[name], dtype=float) for name in ("K", "x0", "alone"))
    rate_times_duration = np.log((K / x0 - 1) / (K / alone - 1))
    values = Values(r=rate_times_duration, K=K, alpha=row["alpha"])
    path = simulate(MODELS[4], values, x0=x0, t=(0, 1))
    assert np.allclose(path.x[:, 1], row["x"], rtol=0.005)
    short = np.array(row["x"]) / outputs(values)
    assert np.all((short > 0.978) & (short < 1))


@pytest.mark.parametrize("row", PUBLISHED["commensal"]["printed"], ids=lambda row: row["case"])
def test_four_actors_of_whom_none_is_harmed_are_commensal(row):
    values = Values(r=np.ones(4), K=PUBLISHED["commensal"]["K"], alpha=row["alpha"])
    assert mode(values) is Mode.COMMENSALISM
    helped = np.array(row["alpha"]).any(axis=1)
    assert np.array_equal(outputs(values) > 1000, helped)
    assert np.all(outputs(values)[~helped] == 1000)


def circle(a, b):
    return Values(r=np.ones(3), K=np.ones(3), alpha=-np.array([[0, a, b], [b, 0, a], [a, b, 0]]))


@pytest.mark.parametrize("case", PUBLISHED["may_leonard"], ids=lambda case: case["regime"])
def test_may_and_leonard(case):
    values, together = circle(case["a"], case["b"]), equilibria(MODELS[3])[-1]
    assert regime(MODELS[3], values).name == case["regime"]
    assert stable(together, values) is Stability(case["kind"])
    assert np.allclose(outputs(values), 1 / (1 + case["a"] + case["b"]), rtol=1e-14)


@pytest.mark.parametrize("case", PUBLISHED["may_leonard"], ids=lambda case: case["regime"])
def test_eigenvalues_of_may_and_leonard_are_exact(case):
    a, b = case["a"], case["b"]
    turning = (-1 + (a + b) / 2 + 1j * np.sqrt(3) / 2 * np.array([1, -1]) * (a - b)) / (1 + a + b)
    found = eigenvalues(equilibria(MODELS[3])[-1], circle(a, b))
    assert np.allclose(np.sort_complex(found), np.sort_complex([-1, *turning]), atol=1e-14)


@pytest.mark.parametrize("a", [0.1, 0.35, 0.7, 0.9, 0.99])
def test_the_degenerate_case_of_may_and_leonard_is_undecided_wherever_it_is_met(a):
    assert regime(MODELS[3], circle(a, 2 - a)).name == "undecided"
    assert regime(MODELS[3], circle(a, 2 - a - 1e-6)).name == "coexistence"
    assert regime(MODELS[3], circle(a, 2 - a + 1e-6)).name == "no point attractor"


def test_the_heteroclinic_path_of_may_and_leonard_visits_everybody_ever_longer():
    path = simulate(MODELS[3], circle(0.8, 1.3), x0=(0.5, 0.6, 0.7), t=np.arange(0, 600, 0.5))
    leader = path.x[:, path.t > 20].argmax(axis=0)
    changes = np.flatnonzero(np.diff(leader))
    assert set(leader) == {0, 1, 2}
    assert len(changes) >= 6
    assert np.all(np.diff(np.diff(changes)[2:]) > 0)


def chaos():
    case = PUBLISHED["chaos"]
    return Values.from_relative_competition(case["r"], np.ones(4), np.array(case["a"]) - np.eye(4))


def test_four_competitors_may_have_no_point_attractor():
    found = regime(MODELS[4], chaos())
    assert (found.name, found.attractors, found.unbounded) == ("no point attractor", (), False)
    assert np.all(outputs(chaos()) > 0)
    assert mode(chaos()) is Mode.UNDECIDED


def test_the_largest_lyapunov_exponent_is_the_one_that_is_printed():
    """How fast neighbours part: a neighbour is brought back to its distance every 20 units of time."""
    x = simulate(MODELS[4], chaos(), x0=(0.3, 0.45, 0.13, 0.36), t=(0, 500)).x[:, 1]
    apart, distance, parted = np.full(4, 5e-7), 1e-6, []
    for _ in range(150):
        x, y = (simulate(MODELS[4], chaos(), x0=start, t=(0, 20)).x[:, 1] for start in (x, x + apart))
        parted.append(np.log(np.linalg.norm(y - x) / distance))
        apart = (y - x) * distance / np.linalg.norm(y - x)
    assert abs(np.mean(parted[5:]) / 20 - PUBLISHED["chaos"]["largest_lyapunov_exponent"]) < 0.005


def sources(node):
    if not isinstance(node, (dict, list)):
        return []
    children = node.values() if isinstance(node, dict) else node
    own = [node["source"]] if isinstance(node, dict) and "source" in node else []
    return own + [source for child in children for source in sources(child)]


def test_every_source_is_an_address_or_in_the_bibliography():
    keys = set(re.findall(r"^@\w+\{([^,]+),", (TESTS.parent / "book/references.bib").read_text("utf-8"), re.MULTILINE))
    cited = set(sources(PUBLISHED))
    assert len(cited) >= 8
    assert [source for source in cited if source not in keys and not source.startswith("https://")] == []

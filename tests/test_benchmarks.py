"""How the benchmarks measure, on toy tasks, and what their record says; nothing is measured here."""

import json
import re
import statistics
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))

from common import harness, record  # noqa: E402

KEYS = {"benchmark", "task", "tool", "version", "value", "spread", "unit", "ratio", "base", "repeats", "note", "date"}
BENCHMARKS = {
    "paths",
    "steady states",
    "regime maps",
    "symbolic equilibria",
    "continuation",
    "networks",
    "sweeps",
    "import",
    "proofs",
    "costs",
}


@pytest.fixture(scope="module")
def shown():
    return json.loads(record.BOOK.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def paths(shown):
    return {row["tool"]: row for row in shown["rows"] if row["benchmark"] == "paths"}


def test_repeats_are_in_turns_and_every_second_round_is_in_the_opposite_order():
    order = []
    tasks = {name: lambda name=name: order.append(name) or len(order) for name in "abc"}
    assert harness.interleaved(tasks, 3) == {"a": [1, 6, 7], "b": [2, 5, 8], "c": [3, 4, 9]}
    assert "".join(order) == "abccbaabc"


def test_the_spread_is_the_distance_of_the_quartiles_as_a_part_of_the_median():
    assert harness.spread([4.0]) == 0
    assert harness.spread([1.0, 2.0, 3.0, 4.0, 5.0]) == (4 - 2) / 3
    assert harness.spread([-5.0, -4.0, -3.0, -2.0, -1.0]) == (4 - 2) / 3


WORKER = """
import json, sys, time
print(json.dumps({"first": 0.5}), flush=True)
for k, _ in enumerate(sys.stdin):
    if k == 2:
        time.sleep(100)
    if k == 1 and len(sys.argv) > 1:
        sys.exit("RuntimeError: out of order")
    print(json.dumps({"seconds": k + 1, "megabytes": 7}), flush=True)
"""


@pytest.fixture
def worker(tmp_path):
    started = []

    def start(*options, limit=60):
        started.append(harness.Worker([sys.executable, "-c", WORKER, *options], limit, tmp_path / "errors"))
        return started[-1]

    yield start
    for one in started:
        one.end()


def test_a_worker_calls_again_when_it_is_asked_and_is_ended_when_it_takes_too_long(worker):
    one = worker()
    assert (one.first, one.again(), one.again(), one.megabytes) == (0.5, 1, 2, 7)
    one.limit = 0.2
    with pytest.raises(harness.Unavailable, match=r"not finished in 0\.2 s"):
        one.again()
    assert one.process.wait(timeout=60) != 0


def test_a_worker_that_fails_says_why(worker):
    one = worker("fail")
    one.again()
    with pytest.raises(harness.Unavailable, match="failed: RuntimeError: out of order"):
        one.again()


def test_the_reason_of_a_failure_is_its_most_telling_line_without_places():
    said = "error: Failed to build x\n  CMake Error at /a/b:\n  No CMAKE_C_COMPILER could be found.\nnot at all\n"
    assert harness.reason(said) == "No CMAKE_C_COMPILER could be found."
    assert harness.reason("one\ntwo /etc\n") == "one"
    assert harness.reason("") == "no reason given"


def test_a_peer_that_cannot_be_installed_is_unavailable(tmp_path, monkeypatch):
    (tmp_path / "nothing.txt").write_text("not a requirement\n", encoding="utf-8")
    monkeypatch.setattr(harness, "PEERS", tmp_path)
    with pytest.raises(harness.Unavailable, match="cannot be installed"):
        harness.environment(tmp_path, "nothing")


def test_ratios_say_how_many_times_as_good_as_the_base_a_tool_is(tmp_path, capsys):
    rates = {"a": [1.0, 2.0, 9.0], "b": [8.0, 5.0, 7.0], "c": []}
    for more, ratio in ((True, 3.5), (False, 2 / 7)):
        rows = [
            record.Row("x", "t", name, "u", values, base="a", more_is_better=more) for name, values in rates.items()
        ]
        record.write(rows, path=tmp_path / "m.json", book=tmp_path / "data" / "b.json")
        kept = json.loads((tmp_path / "data" / "b.json").read_text())["rows"]
        assert [(row["value"], row["ratio"]) for row in kept] == [(2, 1), (7, pytest.approx(ratio, 1e-3)), (None, None)]
    assert "| t | b |" in capsys.readouterr().out


def test_a_benchmark_replaces_its_own_rows_and_no_others(tmp_path):
    files = {"path": tmp_path / "m.json", "book": tmp_path / "b.json"}
    for name, value in (("x", 1.0), ("y", 2.0), ("x", 3.0)):
        record.write([record.Row(name, "t", "a", "u", [value])], **files)
    rows = record.measured(files["path"])["rows"]
    assert [(row["benchmark"], row["values"]) for row in rows] == [("x", [3.0]), ("y", [2.0])]
    record.write([record.Row("x", "t", "a", "u", [4.0])], keep=False, **files)
    assert record.measured(files["path"])["rows"] == rows


def test_the_table_of_the_book_is_made_of_the_record(shown):
    assert shown == json.loads(json.dumps(record.flat(record.measured())))


def test_the_record_is_whole(shown):
    assert {row["benchmark"] for row in shown["rows"]} == BENCHMARKS
    for row in shown["rows"]:
        assert set(row) >= KEYS
        assert row["value"] is not None or row["note"], row
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", row["date"])
    text = record.MEASURED.read_text(encoding="utf-8")
    assert set(shown["machine"]) == {"processors", "processor", "system", "python"}
    assert not re.search(r"/(home|root|tmp|work|usr)/", text)


def test_a_median_is_that_of_its_repeats(shown):
    for one, other in zip(record.measured()["rows"], shown["rows"], strict=True):
        if one["values"]:
            assert other["value"] == pytest.approx(statistics.median(one["values"]), rel=1e-3)
            assert other["repeats"] == len(one["values"])


def test_paths_are_700_times_as_many_as_in_a_loop_of_scipy(paths):
    assert paths["ecolib"]["ratio"] >= 700
    assert paths["ecolib"]["base"] == "scipy solve_ivp, DOP853"
    assert "10000 systems of three units to t = 200, rtol 1e-8" in paths["ecolib"]["task"]


@pytest.mark.parametrize("peer", ["heyoka by hand", "diffrax", "JiTCODE", "diffsol"])
def test_no_peer_computes_more_paths_nor_smaller_errors(paths, peer):
    assert paths["ecolib"]["value"] >= paths[peer]["value"]
    assert paths["ecolib"]["error_median"] <= paths[peer]["error_median"]
    assert all(paths[name]["repeats"] >= 5 for name in ("ecolib", peer))


@pytest.mark.parametrize("peer", ["heyoka by hand, two threads", "heyoka by hand, two threads, rtol 1e-10"])
def test_on_as_many_threads_the_library_by_hand_is_not_faster(paths, peer):
    """Up to a tenth: repeats of a tool differ by more."""
    assert paths["ecolib"]["value"] >= 0.9 * paths[peer]["value"]
    assert paths["ecolib"]["error_median"] <= paths[peer]["error_median"]


def test_propositions_are_proved_again_within_a_minute(shown):
    seconds = [row["value"] for row in shown["rows"] if row["benchmark"] == "proofs"]
    assert seconds
    assert min(seconds) < 60


def test_a_million_systems_come_to_their_steady_states_within_two_gibibytes(shown):
    rows = {row["tool"]: row for row in shown["rows"] if row["benchmark"] == "steady states"}
    assert rows["ecolib"]["task"].startswith("1000000 systems of three units")
    assert rows["ecolib, memory"]["value"] < 2048


def test_an_import_takes_less_than_twice_as_long_as_that_of_sympy(shown):
    rows = [row for row in shown["rows"] if row["benchmark"] == "import" and row["tool"] == "import ecolib"]
    assert {row["task"] for row in rows} == {"with bytecode", "without bytecode"}
    assert all(row["ratio"] > 0.5 for row in rows)


def test_sweeps_have_an_efficiency_on_one_and_two_workers(shown):
    rows = {row["tool"]: row["value"] for row in shown["rows"] if row["unit"] == "efficiency"}
    assert set(rows) == {f"{place}, {count}" for place in ("processes", "Dask") for count in ("1 worker", "2 workers")}
    assert all(value > 0 for value in rows.values())


def test_conditions_and_simulated_points_agree(shown):
    notes = [row["note"] for row in shown["rows"] if row["tool"] == "conditions, ecolib"]
    assert len(notes) == 2
    assert all(re.fullmatch(r"0 of \d{4} compared points differ", note) for note in notes)

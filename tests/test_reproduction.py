"""The reproduction, on a small project: what is executed, what is compared, what is said."""

import json
import shutil

import pytest
from small_project import Project

from reproduction.recorded import RecordError, compare, read_record, to_text

UNSEEN = """import matplotlib.pyplot as plt
figure, _ = plt.subplots()
plt.close(figure)
figure
"""
NUMBER = {"value": 2.0, "unit": "years", "tolerance": 0.01}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A project whose results are on record."""
    project = Project(tmp_path_factory.mktemp("project"))
    assert project.reproduce("--record") == 0
    return project


@pytest.fixture
def project(recorded, tmp_path):
    """A copy of it."""
    shutil.copytree(recorded.folder, tmp_path / "copy")
    copy = recorded.at(tmp_path / "copy")
    (copy.folder / "book" / "executed.txt").unlink()
    return copy


def test_the_record_holds_numbers_texts_and_what_figures_show(recorded):
    record = read_record(recorded.folder / "book" / "results.json")
    assert record["gain"] == {
        "gain": {"value": 1.3, "unit": "1", "tolerance": 1e-06},
        "name": {"value": "a name", "unit": "text", "tolerance": 0},
    }
    assert record["loss"]["number"] == {"value": 3, "unit": "count", "tolerance": 0}
    x, y = record["curve"].values()
    assert list(record["curve"]) == ["fig-curve:x", "fig-curve:y"]
    assert (x["unit"], x["value"][:3], x["tolerance"]) == ("time", [3, 0.0, 2.0], 2e-06)
    assert (y["unit"], y["value"][:3]) == ("gain", [3, 0.09, 1.3])


def test_each_result_is_a_line_of_the_record(recorded):
    text = (recorded.folder / "book" / "results.json").read_text(encoding="utf-8")
    assert '  "gain": {"value": 1.3, "unit": "1", "tolerance": 1e-06},\n' in text
    assert text == to_text(json.loads(text))


def test_what_was_executed_is_not_executed_again(project, capsys):
    assert project.reproduce() == 0
    assert project.executed == []
    assert "Results: 6 reproduced." in capsys.readouterr().out


def test_two_runs_from_nothing_execute_everything_and_give_the_same_report_but_for_times(project):
    reports = []
    for _ in range(2):
        assert project.reproduce("--from-nothing") == 0
        assert project.reproduce("--verdict") == 0
        reports.append(project.report)
    times = [report.pop("times") for report in reports]
    assert sorted(project.executed) == ["curve", "curve", "gain", "gain", "loss", "loss"]
    assert set(project.verdicts.values()) == {"reproduced"}
    assert reports[0] == reports[1]
    assert times[0]["pages"].keys() == {"gain", "curve", "loss"}
    assert all(one["seconds"] >= 0 and one["peak"] > 30 for one in times[1]["pages"].values())


def test_a_changed_coefficient_turns_exactly_the_results_that_depend_on_it_red(project):
    project.write("book/coefficients.py", "help, harm = 0.30001, 0.2\n")
    assert project.reproduce("--from-nothing") == 0
    assert project.verdicts == {
        ("gain", "gain"): "differs",
        ("gain", "name"): "reproduced",
        ("curve", "fig-curve:x"): "reproduced",
        ("curve", "fig-curve:y"): "differs",
        ("loss", "loss"): "reproduced",
        ("loss", "number"): "reproduced",
    }
    assert project.reproduce("--verdict") == 1


def test_a_difference_within_the_tolerance_is_reproduced_and_told(project):
    project.write("book/coefficients.py", "help, harm = 0.3 + 1e-9, 0.2\n")
    assert project.reproduce("--from-nothing") == 0
    assert set(project.verdicts.values()) == {"reproduced"}
    assert 0 < project.report["results"][0]["difference"] < 2e-9


def test_a_page_that_changed_is_executed_again_and_no_other(project):
    project.page("loss", 'record("loss", 0.6, unit="%")\nrecord("other", 1, unit="count")')
    assert project.reproduce() == 0
    assert project.executed == ["loss"]
    verdicts = {name: verdict for (page, name), verdict in project.verdicts.items() if page == "loss"}
    assert verdicts == {"loss": "reproduced", "other": "new", "number": "missing"}
    assert project.reproduce("--verdict") == 1


def test_a_changed_caption_reaches_the_outputs(project):
    path = project.folder / "book" / "curve.md"
    path.write_text(path.read_text(encoding="utf-8").replace("A curve.", "Another."), encoding="utf-8")
    assert project.reproduce() == 0
    assert project.executed == ["curve"]


def test_a_page_that_fails_is_named_and_the_others_are_kept(project, capsys):
    project.page("curve", "1 / 0")
    assert project.reproduce("--from-nothing") == 1
    said = capsys.readouterr().err
    assert "curve.md" in said
    assert "ZeroDivisionError" in said
    project.page("curve", "1 / 1")
    assert project.reproduce("--from-nothing") == 0
    assert sorted(project.executed) == ["curve", "curve", "gain", "loss"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os._exit(3)", "died"),
        ('from myst_nb import glue\nglue("old", 1.0, display=False)', "old has no unit"),
        (UNSEEN, "shows 1 figures, 0 of them were seen"),
        ('record("n", float("nan"), unit="1")', "finite"),
        ('for _ in range(2):\n    record("twice", 1, unit="count")', "twice is recorded twice"),
    ],
    ids=["dead kernel", "no unit", "unseen figure", "refused record", "recorded twice"],
)
def test_what_cannot_be_compared_stops_a_page(project, capsys, code, reason):
    project.page("loss", code)
    assert project.reproduce() == 1
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (NUMBER, "reproduced"),
        (NUMBER | {"value": 2.01}, "reproduced"),
        (NUMBER | {"value": 2.0101}, "differs"),
        (NUMBER | {"value": 2.0101, "tolerance": 1.0}, "differs"),
        (NUMBER | {"unit": "1"}, "differs"),
        (NUMBER | {"value": "2.0"}, "differs"),
        (NUMBER | {"value": [1, 2.0, 2.0, 0.5]}, "differs"),
    ],
)
def test_the_tolerance_and_the_unit_on_record_count(now, verdict):
    [one] = compare({"page": {"a": NUMBER}}, {"page": {"a": now}})
    assert one.verdict == verdict


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "is missing"),
        ("", "cannot be read"),
        ('{"page": {"a": {"value": 1.0,', "cannot be read"),
        ("[1, 2]", "cannot be read"),
        ("{}", "holds no result"),
        ('{"page": {"a": {"value": 1.0}}}', "value, unit and tolerance are wanted"),
        ('{"page": {"a": {"value": 1.0, "unit": "1", "tolerance": -1}}}', "value, unit and tolerance are wanted"),
        ('{"page": {"a": {"value": 1.0, "unit": "1", "tolerance": NaN}}}', "value, unit and tolerance are wanted"),
    ],
)
def test_a_record_that_cannot_be_read_says_so_and_what_to_do(tmp_path, text, reason):
    path = tmp_path / "results.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=reason) as caught:
        read_record(path)
    assert "make notebooks" in str(caught.value)

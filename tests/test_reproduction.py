"""The reproduction, on a small project: what is executed, what is compared, what is said."""

import json
import re
import subprocess

import pytest
from small_project import LOSS, Project

from execution_cache import present_key
from reproduction.cache import only_run
from reproduction.recorded import RecordError, compare, read_record, to_text
from reproduction.report import commit
from reproduction_page import text_of

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
    return recorded.copied(tmp_path / "copy")


def test_the_record_holds_numbers_texts_and_what_figures_show(recorded):
    record = read_record(recorded.folder / "book" / "results.json")
    assert record["gain"] == {
        "gain": {"value": 1.3, "unit": "1", "tolerance": 1e-06},
        "name": {"value": "a name", "unit": "text", "tolerance": 0},
    }
    assert record["loss"]["number"] == {"value": 3, "unit": "count", "tolerance": 0}
    x, y, looks = record["curve"].values()
    assert list(record["curve"]) == ["fig-curve:x", "fig-curve:y", "fig-curve:looks"]
    assert (x["unit"], x["value"][:3], x["tolerance"]) == ("time", [3, 0.0, 2.0], 2e-06)
    assert looks["unit"] == "text"
    assert (y["unit"], y["value"][:3]) == ("gain", [3, 0.09, 1.3])


def test_each_result_is_a_line_of_the_record(recorded):
    text = (recorded.folder / "book" / "results.json").read_text(encoding="utf-8")
    assert '  "gain": {"value": 1.3, "unit": "1", "tolerance": 1e-06},\n' in text
    assert text == to_text(json.loads(text))


def test_what_was_executed_is_not_executed_again(project, capsys):
    assert project.reproduce() == 0
    assert project.executed == []
    assert "Results: 7 reproduced." in capsys.readouterr().out


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
        ("curve", "fig-curve:looks"): "reproduced",
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


def test_the_outputs_of_a_page_that_went_back_are_those_of_its_cells(project):
    pages = [project.folder / "book" / "loss.md", 'record("loss", 0.7, unit="%")']
    before = pages[0].read_text(encoding="utf-8")
    project.page("loss", pages[1])
    assert project.reproduce() == 0
    assert project.verdicts["loss", "loss"] == "differs"
    pages[0].write_text(before, encoding="utf-8")
    assert project.reproduce() == 0
    assert set(project.verdicts.values()) == {"reproduced"}


def test_sources_that_change_while_pages_are_executed_keep_nothing(project, monkeypatch, capsys):
    project.page("loss", LOSS, "1 + 1")
    keys = iter([present_key(), *["another"] * 9])
    monkeypatch.setattr("reproduction.cache.present_key", lambda: next(keys))
    with subprocess.Popen(["sleep", "60"]) as stranger:
        assert project.reproduce() == 2
        assert stranger.poll() is None, "a process that is no kernel was ended"
        stranger.kill()
    assert "changed while pages were executed; run again" in capsys.readouterr().err
    assert next(keys) == "another"
    monkeypatch.undo()
    assert project.reproduce() == 0
    assert project.executed == ["loss", "loss"]


def test_a_second_run_at_once_is_refused_and_leaves_the_first_alone(project, capsys):
    with only_run(project.folder / "_build"):
        for options in ((), ("--from-nothing",), ("--verdict",)):
            assert project.reproduce(*options) == 2
            assert "another run uses" in capsys.readouterr().err
    assert project.reproduce() == 0
    assert project.executed == []


def test_a_page_that_is_gone_counts_as_not_computed(project):
    project.write("book/_toc.yml", "format: jb-book\nroot: gain\nchapters:\n  - file: curve\n")
    assert project.reproduce() == 0
    assert project.verdicts["loss", "loss"] == "missing"
    assert project.reproduce("--verdict") == 1
    text = text_of(project.report)
    assert "### loss, which is no page now" in text
    assert "**not computed**" in text


def test_the_page_of_the_report_says_what_failed_and_opens_it(project):
    assert project.reproduce() == 0
    good = text_of(project.report)
    assert ":::{admonition} 7 of 7 results are reproduced\n:class: tip" in good
    assert ":open:" not in good
    project.write("book/coefficients.py", "help, harm = 0.31, 0.2\n")
    assert project.reproduce("--from-nothing") == 0
    bad = text_of(project.report)
    assert ":class: danger\n2 differs." in bad
    assert "| `gain` | **differs** | 1.3 | 1.31 | 0.01 | 1e-06 |" in bad
    assert "fingerprints of figures\n:open:" in bad
    assert "| `number` | yes | 3 | the same | 0 | 0 |" in bad


def test_a_verdict_without_a_report_says_how_to_get_one(tmp_path, capsys):
    assert Project(tmp_path).reproduce("--verdict") == 2
    assert "run: make reproduce" in capsys.readouterr().err


def test_the_commit_is_that_of_the_repository_itself(tmp_path):
    def git(*words):
        subprocess.run(
            ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org", *words], check=True
        )

    assert commit(tmp_path) == "not in a repository"
    git("init", "-q")
    (tmp_path / "inner").mkdir()
    (tmp_path / "a").write_text("1")
    git("add", "a")
    git("commit", "-qm", "one")
    assert re.fullmatch(r"[0-9a-f]{40}", commit(tmp_path))
    assert commit(tmp_path / "inner") == "not in a repository"
    (tmp_path / "b").write_text("2")
    assert commit(tmp_path).endswith(" with changes")


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

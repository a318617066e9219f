"""The environments of the long tests: they say so when the index does not answer, and are apart from this one."""

import sys
import time

import pytest
from venvs import NotFoundWarning, interpreter, run

NOWHERE = "http://127.0.0.1:9/simple"


@pytest.fixture(scope="module")
def venv(new_venv):
    return new_venv("{}.{}".format(*sys.version_info))


def test_an_index_that_does_not_answer_is_named_as_the_reason(venv, monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", NOWHERE)
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with pytest.raises(pytest.fail.Exception, match=r"^The package index cannot be reached, so nothing was tested"):
        venv.install("--no-cache", "--no-config", "iniconfig")


def test_another_failure_is_not_blamed_on_the_index(venv):
    with pytest.raises(pytest.fail.Exception, match=r"^(?!The package index)") as failed:
        venv.run("python", "-c", "raise SystemExit('it was me')")
    assert "it was me" in str(failed.value)


def test_a_command_that_hangs_is_ended_with_what_it_started(venv, tmp_path):
    started = f"(sleep 2; touch {tmp_path}/late) & sleep 60"
    with pytest.raises(pytest.fail.Exception, match=r"no end after 0\.5 s"):
        venv.run("bash", "-c", started, timeout=0.5)
    time.sleep(2)
    assert not (tmp_path / "late").exists()


def test_an_environment_sees_nothing_of_this_one(venv, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    shown = venv.run("python", "-c", "import importlib.util, sys; print(importlib.util.find_spec('numpy'), sys.prefix)")
    assert shown.split() == ["None", str(venv.folder)]
    assert venv.versions() == {}


def test_the_copy_of_the_tree_is_what_git_tracks(clone):
    assert (clone / "environment.yml").is_file()
    assert not (clone / ".venv").exists()
    assert run("bash", "-n", "postBuild", cwd=clone) == ""


def test_a_python_that_is_not_here_is_replaced_by_the_running_one():
    with pytest.warns(NotFoundWarning, match=r"no Python 3\.99 on this machine"):
        assert interpreter("3.99") == sys.executable

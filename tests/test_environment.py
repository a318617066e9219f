"""The three places that name versions agree: requirements.in, the lock, environment.yml."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

from environment import environment, pins

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements-lock.txt").read_text(encoding="utf-8")


def names(requirements):
    return {Requirement(line).name.lower().replace("_", "-") for line in requirements}


def direct():
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    return names(line for line in lines if line and not line.startswith("#"))


def test_environment_file_is_what_the_lock_says():
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == environment(LOCK)


def test_environment_file_pins_every_direct_dependency():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert listed[:2] == ["python=3.12", "pip"]
    assert direct() <= names(listed[2]["pip"])
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in listed[2]["pip"])


def test_pins_follow_the_markers_of_the_target():
    assert "numpy" in names(pins(LOCK))
    assert len(pins(LOCK)) == len(names(pins(LOCK)))
    assert not {"appnope", "colorama"} & names(pins(LOCK))


def test_every_dependency_of_the_package_is_in_requirements_in():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    assert names(project["dependencies"] + extras) - {"ecolib"} <= direct()


def test_the_lock_is_hashed_and_names_no_host():
    assert "://" not in LOCK
    assert "index-url" not in LOCK
    for block in re.split(r"\n(?=[a-z])", LOCK.split("\n", 2)[2]):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_package_versions_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    codemeta = yaml.safe_load((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    assert project["version"] == citation["version"] == codemeta["version"]

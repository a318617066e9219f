"""The places that name versions agree: pyproject.toml, requirements.in, the locks, environment.yml, the workflows."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from environment import TARGET, environment, pins

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements-lock.txt").read_text(encoding="utf-8")
LOCKS = [ROOT / "requirements-lock.txt", *sorted((ROOT / "environments").glob("*.txt"))]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
PYTHONS = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
PLATFORMS = {"linux": ("posix", "Linux"), "darwin": ("posix", "Darwin"), "win32": ("nt", "Windows")}
# What repo2docker would build from instead of environment.yml, or besides it.
OTHER_BINDER_FILES = re.findall(
    r"\S+",
    "binder .binder Dockerfile environment.yaml runtime.txt requirements.txt setup.py Pipfile Pipfile.lock Project.toml"
    " JuliaProject.toml REQUIRE default.nix DESCRIPTION install.R apt.txt start",
)


def requirements(lines):
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def names(lines):
    return {canonicalize_name(one.name) for one in requirements(lines)}


def lines_of(name):
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def declared():
    """Every requirement of pyproject.toml, with those to build the package."""
    extras = [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
    lines = PYPROJECT["build-system"]["requires"] + PROJECT["dependencies"] + extras
    return [line for line in lines if Requirement(line).name != "ecolib"]


def locked(python, platform):
    """Return the version of each distribution that the lock gives a Python of a platform."""
    system, kernel = PLATFORMS[platform]
    target = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": platform}
    found = pins(LOCK, TARGET | target | {"os_name": system, "platform_system": kernel})
    return {canonicalize_name(name): version for name, version in (pin.split("==") for pin in found)}


def test_environment_file_is_what_the_lock_says():
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == environment(LOCK)


def test_environment_file_pins_every_direct_dependency():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert listed[:2] == ["python=3.12", "pip"]
    assert names(lines_of("requirements.in")) <= names(listed[2]["pip"])
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in listed[2]["pip"])


def test_pins_follow_the_markers_of_the_target():
    assert "numpy" in names(pins(LOCK))
    assert len(pins(LOCK)) == len(names(pins(LOCK)))
    assert not {"appnope", "colorama"} & names(pins(LOCK))


def test_requirements_in_holds_what_pyproject_declares_and_the_tools_of_the_environment():
    assert names(lines_of("requirements.in")) - names(declared()) == {"editables", "uv"}
    assert names(declared()) <= names(lines_of("requirements.in"))


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_satisfies_every_requirement(python, platform):
    versions = locked(python, platform)
    for one in requirements([*declared(), *lines_of("requirements.in")]):
        assert one.specifier.contains(versions[canonicalize_name(one.name)]), (str(one), versions[one.name])


@pytest.mark.parametrize("path", sorted((ROOT / "environments").glob("*.in")), ids=lambda path: path.stem)
def test_every_other_lock_satisfies_its_own_requirements(path):
    lock = path.with_suffix(".txt").read_text(encoding="utf-8")
    versions = dict(pin.split("==") for pin in pins(lock))
    for one in requirements(path.read_text(encoding="utf-8").splitlines()):
        assert one.specifier.contains(versions[canonicalize_name(one.name)]), str(one)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_is_hashed_and_names_no_host(path):
    lock = path.read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index-url" not in lock
    for block in re.split(r"\n(?=[a-z])", lock.split("\n", 2)[2]):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_pythons_agree():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    lowest = PYTHONS[0]
    assert PROJECT["requires-python"] == f">={lowest}"
    assert PYPROJECT["tool"]["ruff"]["target-version"] == f"py{lowest.replace('.', '')}"
    assert set(re.findall(r"--python-version (\S+)", makefile)) == {lowest}
    assert f"v >= ({lowest.replace('.', ', ')})" in makefile
    for name in ("README.md", "CONTRIBUTING.md", "Makefile"):
        assert f"Python {lowest} to {PYTHONS[-1]}" in (ROOT / name).read_text(encoding="utf-8"), name


def test_the_workflows_test_every_python_and_build_with_that_of_the_environment():
    ours = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"][0].removeprefix(
        "python="
    )
    assert ours in PYTHONS
    assert TARGET["python_version"] == ours
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
    jobs = [job for text in texts for job in yaml.safe_load(text)["jobs"].values()]
    matrices = [job["strategy"]["matrix"]["python"] for job in jobs if "strategy" in job]
    assert PYTHONS in matrices
    steps = [step["with"] for job in jobs for step in job["steps"] if "python-version" in step.get("with", {})]
    chosen = [str(step["python-version"]).splitlines() for step in steps]
    assert {lines[-1] for lines in chosen} == {"${{ matrix.python }}", ours}  # the last one is the one that runs
    assert {line for lines in chosen for line in lines} <= {"${{ matrix.python }}", *PYTHONS}


def test_binder_builds_from_the_environment_file_and_from_nothing_else():
    assert [name for name in OTHER_BINDER_FILES if (ROOT / name).exists()] == []


def test_post_build_runs_and_installs_what_it_needs_from_the_environment():
    script = ROOT / "postBuild"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)
    assert re.findall(r"pip install (.+)", script.read_text(encoding="utf-8")) == ["--no-deps --no-build-isolation ."]
    assert names(PYPROJECT["build-system"]["requires"]) <= names(pins(LOCK))


def test_package_versions_agree():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    codemeta = yaml.safe_load((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    assert PROJECT["version"] == citation["version"] == codemeta["version"]
    assert SpecifierSet(PROJECT["requires-python"]).contains(PYTHONS[0])

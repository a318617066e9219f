"""Binder: repo2docker reads the repository, and what it would build starts and runs every notebook.

An image is not built. The Python packages of repo2docker's base, in its versions, are installed from the package index
in place of conda's; pip then installs the lines of environment.yml as conda would, and postBuild runs.
"""

import re
import urllib.error

import pytest
import yaml
from binder import base_of, lines
from lab import running
from venvs import ROOT, copy_of_the_tree

NOTEBOOKS = sorted(f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb"))
PYTHON = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"][0].partition("=")[2]
PROGRAMS = ("jupyterlab", "notebook", "jupyter-server", "jupyterhub", "ipywidgets")


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return copy_of_the_tree(tmp_path_factory.mktemp("binder") / "tree")


@pytest.fixture(scope="module")
def based(new_venv, tools):
    venv = new_venv(PYTHON, "--seed")
    start = base_of(tools, venv.version)
    assert len(start) > 100
    venv.install("--no-deps", *start)
    return venv, venv.versions()


@pytest.fixture(scope="module")
def binder(based, tree):
    venv, _ = based
    written = tree.parent / "pip.txt"
    written.write_text("\n".join(lines(venv.version)), encoding="utf-8")
    venv.run("python", "-m", "pip", "install", "--quiet", "--upgrade", "-r", written, timeout=900)
    venv.run("bash", "postBuild", cwd=tree)
    return venv


@pytest.fixture(scope="module")
def lab(binder, tree, tmp_path_factory):
    with running(binder, tree, tmp_path_factory.mktemp("home")) as started:
        yield started


def test_repo2docker_accepts_the_repository(tools, tree):
    said = tools.run("jupyter-repo2docker", "--no-build", "--debug", ".", cwd=tree, timeout=120)
    assert f"Building conda environment for python={PYTHON}" in said
    steps = [
        rf"COPY .*environment-2epy-2d{PYTHON.replace('.', '-2e')}-2dlinux-2d64-2elock\S* /tmp/env/environment.lock",
        r"COPY .*src/environment.yml",
        r'env update -p \S+ --file "environment.yml"',
        r"COPY .*src/ \S+",
        r"RUN ./postBuild",
    ]
    found = [re.search(step, said) for step in steps]
    assert None not in found
    assert [one.start() for one in found] == sorted(one.start() for one in found)


def test_the_pins_and_the_base_fit_together(binder, based):
    assert binder.run("python", "-m", "pip", "check").strip() == "No broken requirements found."
    installed = binder.versions()
    assert {pin: installed.get(pin.partition("==")[0]) for pin in lines(binder.version)} == {
        pin: pin.partition("==")[2] for pin in lines(binder.version)
    }
    assert {name: installed[name] for name in PROGRAMS} == {name: based[1][name] for name in PROGRAMS}


def test_the_package_is_installed_and_not_linked_to_the_folder(binder, tmp_path):
    shown = binder.run("python", "-c", "import ecolib; print(ecolib.__file__)", cwd=tmp_path)
    assert shown.startswith(f"{binder.folder}/lib/")


def test_extensions_of_the_base_are_still_compatible(binder):
    listed = binder.run("jupyter", "labextension", "list")
    assert "jupyterlab-manager" in listed
    assert not re.search(r"\bX\b|incompatible|outdated", listed)


def test_the_lab_answers_and_asks_for_its_token(lab, based):
    assert lab.ask("api/status")["kernels"] == 0
    assert lab.ask("api")["version"] == based[1]["jupyter-server"]
    specs = lab.ask("api/kernelspecs")
    assert specs["default"] in specs["kernelspecs"]
    assert specs["kernelspecs"]["python3"]["spec"]["language"] == "python"
    with pytest.raises(urllib.error.HTTPError, match=r"403"):
        lab.ask("api/kernelspecs", token="wrong")


def test_every_notebook_runs_in_kernels_of_the_lab(lab, binder, tree):
    assert len(NOTEBOOKS) > 10
    client = ROOT / "tests" / "long" / "lab_client.py"
    said = binder.run("python", client, lab.url, *NOTEBOOKS, cwd=tree.parent, timeout=1800, JUPYTER_TOKEN=lab.token)
    assert sorted(re.findall(r"^(\S+): ran, ", said, re.MULTILINE)) == NOTEBOOKS
    print(said)


def test_the_lab_stops_when_told(lab):
    lab.ask("api/shutdown", method="POST")
    assert lab.process.wait(30) == 0

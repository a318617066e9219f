"""Source, notebooks, workflows, every other tracked file: nothing runs text, asks a network or tells a secret."""

import json
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml
from safety import MACHINE, random_looking, secrets, unsafe

from integrity.vendored import VENDORED, Vendored

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
NUMBER = "a number, checked to be one before"
OWN = "numbers written in this module"
COMPUTED = "computed from expressions, never given"
ALLOWED = {
    ("ecolib/enumeration.py", "_polynomials", "sympy.nsimplify"): COMPUTED,
    ("ecolib/enumeration.py", "enumerate_equilibria", "sympy.Rational of str(number)"): NUMBER,
    ("ecolib/extensions/pair.py", "_handling", "sympy.Float of h"): COMPUTED,
    ("ecolib/extensions/pair.py", "_rational", "sympy.Rational of number"): COMPUTED,
    ("ecolib/numeric.py", "_function", "sympy.lambdify"): "the one door between symbols and numbers",
    ("ecolib/paper/behaviour/adoption.py", "game", "sympy.Float of entry"): COMPUTED,
    ("ecolib/paper/behaviour/order_theorems.py", "_known", "sympy.Rational of str(number)"): OWN,
    ("ecolib/paper/evolution/closure.py", "Closure.__post_init__", "sympy.Rational of str(self.epsilon)"): NUMBER,
    ("ecolib/paper/evolution/feedback/theorems.py", "", "sympy.sympify without strict=True"): COMPUTED,
    ("ecolib/paper/evolution/thresholds.py", "exact_balance_threshold", "sympy.nsimplify"): COMPUTED,
    ("ecolib/sweeps/doors.py", "", "import pickle"): "tells early that a function cannot be sent to another process",
    ("ecolib/sweeps/doors.py", "check_executor", "pickle.dumps"): "writes only; what processes send is their own",
}
MADE = {"requirements-lock.txt", "environments/next.txt", "environments/tools.txt", "book/results.json"}
"""Files whose hashes are their purpose."""
RIGHTS = {
    "pages": {
        ("build", ("pages", "read")): "asks for the address of the site, and may not change it",
        ("deploy", ("pages", "write")): "puts the built site there; this job runs no code of the repository",
        ("deploy", ("id-token", "write")): "proves to GitHub Pages from which workflow the site comes",
    }
}
"""Rights beyond reading the repository: workflow -> job and right -> reason."""
PLACES = {"tests/long/test_binder.py": {"/tmp/env"}, "tests/test_integrity.py": None, "tests/safety.py": None}
"""Paths that belong to no machine of ours, by file; None for the files that speak of such paths."""


@pytest.fixture(scope="module")
def tracked():
    """The text of every file that git tracks, by name."""
    if not (ROOT / ".git").exists():
        pytest.skip("a copy without git does not say which files are tracked")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name and not name.endswith(".png")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths if path.is_file()}


def test_no_source_runs_text_loads_pickles_or_asks_a_network():
    found = {
        (path.relative_to(ROOT).as_posix(), *one)
        for folder in ("ecolib", "book/_ext", "book/_tools")
        for path in (ROOT / folder).rglob("*.py")
        for one in unsafe(path.read_text(encoding="utf-8"), network=folder == "ecolib")
    }
    assert sorted(found - ALLOWED.keys()) == []
    assert sorted(ALLOWED.keys() - found) == [], "exceptions that nothing needs any more"


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("eval('1')", "eval"),
        ("exec(text)", "exec"),
        ("from sympy import S\nS('x')", "sympy.S"),
        ("import sympy as sp\nsp.sympify(given)", "sympy.sympify without strict=True"),
        ("import sympy as sp\nsp.sympify(given, strict=sure)", "sympy.sympify without strict=True"),
        ("import sympy as sp\nsp.Rational(text)", "sympy.Rational of text"),
        ("from sympy import lambdify as f\nf(x, y)", "sympy.lambdify"),
        ("import sympy as sp\nf = sp.lambdify", "sympy.lambdify"),
        ("from sympy.parsing.sympy_parser import parse_expr", "import sympy.parsing"),
        ("def f():\n    import pickle", "import pickle"),
        ("from pickle import loads\nloads(b)", "pickle.loads"),
        ("import joblib.memory", "import joblib"),
        ("import yaml\nyaml.load(f, Loader=yaml.Loader)", "yaml.load"),
        ("import numpy as np\nnp.load(f, allow_pickle=True)", "numpy.load with pickles"),
        ("import subprocess\nsubprocess.run(words, shell=True)", "a shell"),
        ("import os\nos.system(words)", "os.system"),
        ("frame.eval(text)", "frame.eval"),
        ("import urllib.request", "import urllib"),
        ("from http import client", "import http"),
        ("import importlib\nimportlib.import_module('socket')", "import socket"),
        ("from importlib import import_module\nimport_module(name)", "importlib.import_module"),
    ],
)
def test_the_reader_of_sources_finds(source, what):
    assert what in {words for _, words in unsafe(source)}


def test_the_reader_of_sources_lets_pass_what_is_safe():
    source = (
        "import sympy as sp, yaml, numpy as np, re, ast\nsp.sympify(x, strict=True); sp.Rational(1, 2)\n"
        "sp.Rational(-3); sp.S.One; yaml.safe_load(t); np.load(f, allow_pickle=False); re.compile(p)\n"
        "ast.literal_eval(t)\n"
    )
    assert unsafe(source) == set()
    assert unsafe("import urllib.parse", network=False) == set()


def test_no_tracked_file_holds_a_secret(tracked):
    assert len(tracked) > 300
    assert {name: kinds for name, text in tracked.items() if (kinds := secrets(text))} == {}


def test_no_tracked_file_holds_words_that_look_random_but_hashes_that_are_explained(tracked):
    found = {name: words for name, text in tracked.items() if name not in MADE and (words := random_looking(text))}
    known = {"book/_ext/content_policy.py": "sha256-", "tests/published.toml": "phaseR/blob/|^[0-9a-f]{40}$"}
    unknown = {
        name: [word for word in words if not re.search(known.get(name, "^$"), word)] for name, words in found.items()
    }
    assert {name: words for name, words in unknown.items() if words} == {}


def test_no_tracked_file_names_a_place_of_one_machine(tracked):
    found = {name: set(MACHINE.findall(text)) for name, text in tracked.items() if PLACES.get(name, set()) is not None}
    assert {
        name: places - PLACES.get(name, set()) for name, places in found.items() if places - PLACES.get(name, set())
    } == {}


@pytest.mark.parametrize(
    "text",
    [
        "ghp_" + "a1B2" * 9,
        "AKIA" + "A1" * 8,
        "-----BEGIN OPENSSH PRIVATE " + "KEY",
        "https://me:" + "word@h.org",
        "api_key = " + "'abcdef1'",
    ],
)
def test_secrets_are_known_by_their_form(text):
    assert len(secrets(f"a {text} b")) == 1


def test_random_words_and_places_are_known_by_their_form():
    assert random_looking("x = 'q8Zr2LmV0pXw7TbN" + "4cKd9YhG3sJf6EuA'")
    assert random_looking("0123456789abcdef" * 2)
    assert not random_looking("a_long_name_of_a_test_that_says_what_it_tests_in_2026 https://doi.org/10.1016/0022-5193")
    for place in ("/" + "home/me/a", "'/" + "tmp/a.txt'", "C:" + "\\Users", "file:" + "///etc"):
        assert MACHINE.search(f"in {place}")
    assert not MACHINE.search("#!/usr/bin/env bash, a/home/b, https://h.org/tmp/a, B:\\n")


def test_notebooks_hold_no_outputs_and_no_settings_of_a_machine():
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert len(paths) >= 13
    for path in paths:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        assert notebook["metadata"].keys() <= {"kernelspec", "language_info"}
        assert notebook["metadata"]["kernelspec"]["name"] == "python3"
        for cell in notebook["cells"]:
            assert (cell.get("outputs", []), cell.get("execution_count")) == ([], None)
            assert "attachments" not in cell


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_may_only_read_and_run_nothing_that_others_wrote(path):
    flow = yaml.safe_load(path.read_text(encoding="utf-8"))
    jobs = flow["jobs"].values()
    steps = [step for job in jobs for step in job["steps"]]
    assert flow["permissions"] == {"contents": "read"}
    asked = {(name, right) for name, job in flow["jobs"].items() for right in job.get("permissions", {}).items()}
    assert asked - {(name, ("contents", "read")) for name in flow["jobs"]} == RIGHTS.get(path.stem, {}).keys()
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(flow[True])  # YAML reads "on" as true
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
    assert "secrets." not in path.read_text(encoding="utf-8")
    # Actions of GitHub itself, by their major version: these tags move when GitHub moves them.
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]) for step in steps if "uses" in step)


def test_only_a_push_to_main_or_a_person_publishes_and_that_job_runs_actions_only():
    flow = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8"))
    assert flow[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}
    assert flow["concurrency"]["group"] == "pages"
    assert [step for step in flow["jobs"]["deploy"]["steps"] if "run" in step] == []


def test_everything_is_installed_by_hash_or_is_this_package():
    lines = [line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "pip install" in line]
    assert len(lines) >= 3
    assert [
        line for line in lines if "--require-hashes" not in line and "--no-deps --no-build-isolation -e ." not in line
    ] == []
    assert not [path.name for path in WORKFLOWS if re.search("pip install|curl|wget", path.read_text(encoding="utf-8"))]


def test_every_exception_has_a_reason_of_some_words():
    reasons = [*ALLOWED.values(), *(reason for rights in RIGHTS.values() for reason in rights.values())]
    assert all(len(reason.split()) >= 4 for reason in reasons)
    assert len(WORKFLOWS) >= 1


@pytest.mark.parametrize("one", VENDORED, ids=lambda one: one.name)
def test_software_in_the_built_pages_says_its_version(one):
    assert re.fullmatch(r"\d+\.\d+\.\d+", one.version(Path(sysconfig.get_path("purelib"))))


def test_software_that_says_no_version_or_two_is_refused(tmp_path):
    (tmp_path / "a.js").write_text("v1.0 v2.0", encoding="utf-8")
    for pattern, says in ((r"v(\d\.\d)", r"\['1.0', '2.0'\]"), ("w(.)", "none")):
        with pytest.raises(ValueError, match=f"one version of a, says {says}"):
            Vendored("a", "MIT", "b", "a.js", pattern).version(tmp_path)

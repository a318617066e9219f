"""The audit: locks that are none, environments that are not the lock, changed files, and services that say nothing."""

import json
import shutil
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path

import pytest

import audit
from integrity.advisories import ask
from integrity.installed import altered, differences, installed, strays
from integrity.locks import Pin, faults, here, pins

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements-lock.txt").read_text(encoding="utf-8")
HASH = "--hash=sha256:" + "0" * 64
A, B = (Pin(name, "1.0", ("sha256:" + "0" * 64,)) for name in ("a", "b"))


@pytest.fixture
def site(tmp_path):
    """A folder with one small distribution, copied from the environment."""
    found = distribution("iniconfig")
    for file in found.files:
        target = tmp_path / "site" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(found.locate_file(file), target)
    return tmp_path / "site"


def program(folder, answer):
    """A stand-in for pip-audit that prints what it is told to; ``{names}`` stands for what it was asked for."""
    path = folder / "pip-audit"
    path.write_text(f"#!{sys.executable}\nimport sys\n{answer}\n", encoding="utf-8")
    path.chmod(0o700)
    return path


def says(*dependencies):
    return f"print({json.dumps(json.dumps({'dependencies': dependencies, 'fixes': []}))})"


@pytest.mark.parametrize("path", audit.locks(ROOT), ids=lambda path: path.name)
def test_every_lock_of_the_repository_is_whole(path):
    assert faults(path.read_text(encoding="utf-8")) == []


def test_the_environment_is_what_the_lock_says():
    wanted = here(LOCK)
    assert len(wanted) > 100
    assert list(differences(wanted, installed(Path(sysconfig.get_path("purelib"))))) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (f"a {HASH}", "names no single version"),
        (f"a>=1 {HASH}", "names no single version"),
        (f"a==1,>=0 {HASH}", "names no single version"),
        (f"a==1.* {HASH}", "names no single version"),
        ("a==1", "has no hash"),
        ("a==1 --hash=md5:" + "0" * 32, "is not SHA-256"),
        (f"a==1 {HASH[:-1]}", "is not SHA-256"),
        (f"a==1 {HASH}0", "is not SHA-256"),
        (f"a @ https://h.org/a.whl {HASH}", "is an address"),
        ("a @ git+https://h.org/a", "is an address"),
        ("https://h.org/a.whl", "is no requirement"),
        ("-e .", "is an option"),
        ("--index-url https://h.org/simple", "is an option"),
        (f"a==1 {HASH}\nA==2 {HASH}", "'a' is pinned twice"),
        ("# nothing", "holds no pins"),
    ],
)
def test_what_is_no_pin_is_found(entry, fault):
    assert [fault in one for one in faults(entry)] == [True]
    with pytest.raises(ValueError, match=fault):
        pins(entry)


def test_pins_for_other_platforms_are_read_and_are_not_for_here():
    lock = f"a==1 ; sys_platform == 'nowhere' \\\n    {HASH}\n    # via b\nA_b==2 \\\n    {HASH} \\\n    {HASH[:-1]}1\n"
    assert [(pin.name, pin.version, len(pin.hashes), pin.parents) for pin in pins(lock)] == [
        ("a", "1", 1, ("b",)),
        ("a-b", "2", 2, ()),
    ]
    assert list(here(lock)) == ["a-b"]


def test_an_environment_that_is_not_the_lock_is_found(site):
    version, found = distribution("iniconfig").version, installed(site)
    assert list(differences({}, found)) == [f"iniconfig {version} is installed and not in the lock"]
    other = Pin("iniconfig", "0.1", ())
    assert list(differences({"iniconfig": other, "a": A}, found)) == [
        "a 1.0 is in the lock and not installed",
        f"iniconfig {version} is installed, the lock says 0.1",
    ]


def test_an_altered_a_missing_and_an_added_file_are_found(site):
    (found,) = installed(site)
    assert list(altered(found)) == list(strays(site, [found])) == []
    with (site / "iniconfig" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    (site / "iniconfig" / "py.typed").unlink()
    (site / "planted.pth").write_text("import os", encoding="utf-8")
    assert sorted(altered(found)) == [
        "iniconfig/__init__.py of iniconfig is not what was installed",
        "iniconfig/py.typed of iniconfig is missing",
    ]
    assert list(strays(site, [found])) == ["planted.pth belongs to no distribution"]


def test_a_distribution_without_a_record_is_found(site):
    [record] = site.glob("*.dist-info/RECORD")
    record.unlink()
    assert [list(altered(one)) for one in installed(site)] == [["iniconfig has no record of its files"]]


def test_an_answer_is_read(tmp_path):
    advisory = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"], "description": "Bad."}
    there = says({"name": "a", "version": "1.0", "vulns": [advisory]}, {"name": "b", "version": "1.0", "vulns": []})
    answer = ask([A, B], program(tmp_path, there + "; sys.exit(1)"), ())
    assert (answer.known, answer.unasked) == ({"a 1.0": ["PYSEC-1 = CVE-1, mended in 1.1: Bad."]}, {})


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (says({"name": "a", "skip_reason": "Not found: a (1.0)"}), "Not found"),
        (says(), "no answer"),
        (says({"name": "a", "version": "2.0", "vulns": []}), "on version 2.0"),
        ("print('No known vulnerabilities found')", "exit 0"),
        ("print('{}')", "exit 0"),
        ("sys.exit('trace\\nConnectionError: no route')", "ConnectionError: no route"),
        ("import time; time.sleep(60)", "within 2 s"),
    ],
    ids=["skipped", "left out", "other version", "no JSON", "other JSON", "no network", "no end"],
)
def test_silence_is_never_good_news(tmp_path, answer, reason, capsys):
    said = ask([A], program(tmp_path, answer), (), timeout=2)
    assert said.known == {}
    assert reason in said.unasked["a 1.0"]
    assert audit.tell(said, 1) == audit.UNKNOWN
    assert "Nothing is known about vulnerabilities of any of them." in capsys.readouterr().out


def test_a_missing_program_is_said_to_be_missing(tmp_path):
    assert "does not run" in ask([A], tmp_path / "none", ()).unasked["a 1.0"]


def test_a_second_service_is_asked_for_what_the_first_did_not_answer(tmp_path):
    both = {"a": {"name": "a", "version": "1.0", "vulns": []}, "b": {"name": "b", "skip_reason": "unknown"}}
    second = {
        "a": {"name": "a", "version": "1.0", "vulns": [{"id": "X"}]},
        "b": {"name": "b", "version": "1.0", "vulns": []},
    }
    choice = f"import json\nsaid = {second} if 'second' in sys.argv else {both}\n"
    stub = program(tmp_path, choice + "print(json.dumps({'dependencies': [*said.values()]}))")
    said = audit.ask_services([A, B], stub, {"one": ["first"]})
    assert said.unasked == {"b 1.0": "one: unknown."}
    said = audit.ask_services([A, B], stub, {"one": ["first"], "two": ["second"]})
    assert (said.known, said.unasked) == ({}, {})


@pytest.mark.parametrize(
    ("known", "unasked", "code"),
    [({}, {}, 0), ({"a 1.0": ["X"]}, {}, 1), ({}, {"b 1.0": "why"}, 3), ({"a 1.0": ["X"]}, {"b 1.0": "why"}, 1)],
)
def test_the_exit_code_says_what_is_known(known, unasked, code, capsys):
    assert audit.tell(audit.Answer(known, unasked), 2) == code
    out = capsys.readouterr().out
    assert ("Vulnerable: a 1.0" in out, "of b 1.0." in out) == (bool(known), bool(unasked))


def test_the_offline_audit_of_a_faulty_lock_says_what_is_wrong(tmp_path, site, capsys):
    lock = tmp_path / "requirements-lock.txt"
    lock.write_text("iniconfig>=1", encoding="utf-8")
    assert audit.main(["--offline", "--site", str(site)], tmp_path) == 1
    assert "requirements-lock.txt: 'iniconfig>=1' names no single version with ==" in capsys.readouterr().out
    lock.write_text(f"iniconfig=={distribution('iniconfig').version} {HASH}", encoding="utf-8")
    assert audit.main(["--offline", "--site", str(site)], tmp_path) == 0
    assert "Advisories: not asked for." in capsys.readouterr().out

"""The audit with pip-audit itself, asking a service on this machine, and the list of components."""

import json
import re
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from venvs import ROOT, run, uv

import audit
from integrity.locks import here
from integrity.vendored import VENDORED

VICTIM = "jinja2"
ADVISORY = {
    "id": "PYSEC-0000-1",
    "aliases": ["CVE-0000-1"],
    "summary": "Made up for this test.",
    "schema_version": "1.6.0",
    "published": "2026-01-01T00:00:00Z",
    "affected": [
        {
            "package": {"name": VICTIM, "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]}],
        }
    ],
}


@contextmanager
def service(answer):
    """Serve ``answer(name)``, a status and an object, to questions in the form of OSV; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, said = answer(asked["package"]["name"])
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def audited(tools, monkeypatch, capsys):
    """Return a function that audits with the service at an address, and returns the exit code and what was printed."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(audit, "audit_environment", lambda *_: [])

    def run(address):
        code = audit.main(["--osv-url", address, "--pip-audit", str(tools.bin / "pip-audit")])
        return code, capsys.readouterr().out

    return run


def test_an_audit_without_advisories_ends_with_0(audited):
    asked = []
    with service(lambda name: (asked.append(name), (200, {}))[1]) as address:
        code, out = audited(address)
    assert (code, "there are some on 0 of these" in out) == (0, True)
    total = int(re.search(r"asked for (\d+) of \1 versions", out)[1])
    assert len(asked) == total > 200
    assert {"numpy", "sphinx", "pip-audit", "colorama"} <= set(asked)


def test_an_audit_lists_a_known_vulnerability_and_ends_with_1(audited):
    with service(lambda name: (200, {"vulns": [ADVISORY]} if name == VICTIM else {})) as address:
        code, out = audited(address)
    assert code == 1
    assert f"Vulnerable: {VICTIM}" in out
    assert "PYSEC-0000-1 = CVE-0000-1, mended in 999: Made up for this test." in out


@pytest.mark.parametrize("address", ["refused", "no such host", "broken"])
def test_an_audit_that_could_not_ask_says_so_and_ends_with_3(audited, address):
    with service(lambda _: (500, {})) as broken:
        places = {"refused": "http://127.0.0.1:9/", "no such host": "http://nowhere.invalid/", "broken": broken}
        code, out = audited(places[address])
    assert code == 3
    assert "could not ask" in out
    assert "Nothing is known about vulnerabilities of any of them." in out
    assert "asked for" not in out


def test_the_files_of_the_environment_are_what_was_installed(capsys):
    assert audit.main(["--offline"]) == 0, capsys.readouterr().out


def components(tools, path, **changes):
    """Write the list of components of the running environment, and return its bytes."""
    command = ("python", "book/_tools/sbom.py", "--python", sys.executable, "--output", path)
    tools.run(*command, timeout=900, **changes)
    return path.read_bytes()


@pytest.fixture(scope="module")
def written(tools, tmp_path_factory):
    return components(tools, tmp_path_factory.mktemp("bill") / "sbom.json")


@pytest.fixture(scope="module")
def by_name(written):
    return {one["purl"].partition("@")[0].rpartition("/")[2]: one for one in json.loads(written)["components"]}


def test_every_pin_is_a_component_with_its_version_and_hashes(by_name):
    pins = here((ROOT / "requirements-lock.txt").read_text(encoding="utf-8"))
    assert by_name.keys() - pins.keys() == {one.name.rpartition("/")[2] for one in VENDORED}
    for name, pin in pins.items():
        hashes = [one for place in by_name[name]["externalReferences"] for one in place.get("hashes", ())]
        assert by_name[name]["version"] == pin.version
        assert by_name[name]["purl"] == f"pkg:pypi/{name}@{pin.version}"
        assert {("SHA-256", one.removeprefix("sha256:")) for one in pin.hashes} == {
            (one["alg"], one["content"]) for one in hashes
        }


def test_licences_are_there_where_packages_state_them(by_name):
    assert by_name["numpy"]["licenses"][0]["expression"].startswith("BSD-3-Clause")
    assert by_name["mathjax"]["licenses"] == [{"license": {"id": "Apache-2.0"}}]
    assert sum("licenses" in one for one in by_name.values()) > 0.9 * len(by_name)


def test_the_project_and_what_needs_what_are_listed(written, by_name):
    told = json.loads(written)
    project = told["metadata"]["component"]
    assert (project["name"], project["licenses"][0]["license"]["id"], told["specVersion"]) == ("ecolib", "MIT", "1.7")
    needs = {one["ref"]: set(one.get("dependsOn", ())) for one in told["dependencies"]}
    assert {by_name[name]["bom-ref"] for name in ("sympy", "jupyter-book")} <= needs[project["bom-ref"]]
    assert by_name["mpmath"]["bom-ref"] in needs[by_name["sympy"]["bom-ref"]]
    assert by_name["mathjax"]["bom-ref"] in needs[by_name["sphinx-mathjax-offline"]["bom-ref"]]
    assert by_name["pytest"]["bom-ref"] not in needs[by_name["salib"]["bom-ref"]]  # an extra that nothing asked for


def test_a_second_list_is_the_same_and_names_no_place_or_time(written, tools, tmp_path):
    assert components(tools, tmp_path / "sbom.json", SOURCE_DATE_EPOCH="1") == written
    text = written.decode()
    assert "file:" not in text
    assert str(ROOT) not in text
    assert "timestamp" not in json.loads(text)["metadata"]


def test_no_pin_was_withdrawn_from_the_index(new_venv):
    def asked(*what):
        return run(uv(), "pip", "install", "--dry-run", "--python", python, *what)

    python = new_venv("3.12").python
    assert "is yanked" in asked("--no-deps", "attrs==21.1.0"), "the index does not tell what was withdrawn"
    for lock in audit.locks(ROOT):
        assert "yanked" not in asked("--require-hashes", "-r", lock)

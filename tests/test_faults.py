"""Faults during a reproduction: each ends with a clear message, nothing kept is lost, the next run goes on."""

import os
import resource
import shutil
import signal
import subprocess
import time

import psutil
import pytest
from faults import row
from small_project import LOSS, Project

WAITS = """import time
Path("waits").touch()
while not Path("go").exists():
    time.sleep(0.05)
"""
INTERRUPTED = "Interrupted. The pages that were done are kept; the same command goes on from here."
DELETED = "The cache is damaged (DatabaseError) and is deleted; every page is executed again."
DAMAGED = "what was kept of it is damaged ({}), it is executed again."
ON = "the next run executes the page that was missing, and no other"
STRIPPED = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A project whose results are on record; of its three pages the last waits for a file."""
    project = Project(tmp_path_factory.mktemp("project"))
    project.page("loss", WAITS, LOSS)
    project.write("book/go", "")
    assert project.reproduce("--record") == 0
    return project


@pytest.fixture
def project(recorded, tmp_path):
    """A copy of it that has been executed."""
    return recorded.copied(tmp_path / "copy")


def kept(project):
    """The pages of which something is kept."""
    return sorted(path.stem for path in (project.folder / "_build").rglob("pages/*.json"))


def until(true, seconds=60):
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def goes_on(project, *before):
    """Run again, as after a fault, and see that only what was missing is executed and all is reproduced."""
    project.write("book/go", "")
    count = len(project.executed)
    assert project.reproduce("--from-nothing") == 0
    assert sorted(project.executed[count:]) == sorted(before)
    assert project.reproduce("--verdict") == 0


@pytest.mark.parametrize(
    ("number", "fault", "code", "said"),
    [
        (signal.SIGINT, "Ctrl-C", 130, INTERRUPTED),
        (signal.SIGTERM, "A polite kill (SIGTERM)", -15, ""),
        (signal.SIGKILL, "A hard kill (SIGKILL)", -9, ""),
    ],
    ids=["SIGINT", "SIGTERM", "SIGKILL"],
)
def test_a_signal_during_a_reproduction(project, number, fault, code, said):
    (project.folder / "book" / "go").unlink()
    run = project.start("--from-nothing")
    until(lambda: (project.folder / "book" / "waits").exists() and kept(project) == ["curve", "gain"])
    kernels = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(number)
    output, _ = run.communicate(timeout=120)
    assert run.returncode == code
    assert said in output
    _, alive = psutil.wait_procs(kernels, timeout=30)
    assert kernels
    assert not alive, "a kernel was left running"
    goes_on(project, "loss")
    row(f"{fault} during a reproduction", said or "nothing can be said", f"no process is left; {ON}")


def full(project):
    """Make the disk of the build full: a small file system where one can be mounted, a limit on files elsewhere."""
    build = project.folder / "_build"
    shutil.rmtree(build)
    build.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=60k", "tmpfs", str(build)]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        return lambda: None, lambda: subprocess.run(["mount", "-o", "remount,size=9m", str(build)], check=True)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limit[1])), lambda: None


def test_a_full_disk(project):
    before, free = full(project)
    try:
        run = project.start("--from-nothing", before=before)
        output, _ = run.communicate(timeout=60)
        assert run.returncode == 2, output
        said = "Nothing that was kept before is lost."
        assert said in output
        assert "space left" in output or "too large" in output or "disk is full" in output
        missing = {"gain", "curve", "loss"} - set(kept(project))
        assert missing
        free()
        goes_on(project, *missing)
    finally:
        subprocess.run(["umount", "--lazy", str(project.folder / "_build")], capture_output=True, check=False)
    row("A full disk during a reproduction", f"what could not be written; {said}", f"with space again, {ON}")


@pytest.mark.parametrize(
    ("fault", "name", "says", "again"),
    [
        ("A cache whose database is damaged", "global.db", DELETED, ["curve", "gain", "loss"]),
        ("A cut-off notebook in the cache", "executed/*/base.ipynb", DAMAGED.format("NotJSONError"), ["gain"]),
        ("A cut-off record of a page in the cache", "pages/gain.json", DAMAGED.format("JSONDecodeError"), ["gain"]),
    ],
    ids=["database", "notebook", "record"],
)
def test_a_damaged_cache(project, capsys, fault, name, says, again):
    [cache] = (project.folder / "_build" / ".jupyter_cache").iterdir()
    [path] = [one for one in cache.glob(name) if one.suffix != ".ipynb" or "a name" in one.read_text(encoding="utf-8")]
    path.write_bytes(b"no database" * 500 if name == "global.db" else path.read_bytes()[:100])
    assert project.reproduce() == 0
    assert says in capsys.readouterr().out
    assert sorted(project.executed) == again
    assert set(project.verdicts.values()) == {"reproduced"}
    row(fault, says, "the same run recovers")


def test_an_unreadable_cache(project):
    [cache] = (project.folder / "_build" / ".jupyter_cache").iterdir()
    (cache / "pages" / "gain.json").chmod(0)
    run = project.start(prefix=STRIPPED if os.geteuid() == 0 else [])
    output, _ = run.communicate(timeout=60)
    assert run.returncode == 2, output
    assert "Permission denied" in output
    (cache / "pages" / "gain.json").chmod(0o600)
    assert project.reproduce() == 0
    assert project.executed == []
    afterwards = "nothing is executed or deleted; readable again, all of it is used"
    row("A cache that may not be read", "Permission denied, and which file", afterwards)


def test_a_missing_data_file(project, capsys):
    project.write("book/data/table.csv", "0.6\n")
    project.page("loss", 'table = Path("data/table.csv").read_text()', LOSS)
    (project.folder / "book" / "data" / "table.csv").unlink()
    assert project.reproduce("--from-nothing") == 1
    said = capsys.readouterr().err
    assert "No such file or directory: 'data/table.csv'" in said
    assert "loss.md" in said
    project.write("book/data/table.csv", "0.6\n")
    goes_on(project, "loss")
    told = "the page, the cell, and the file that was not found"
    row("A data file that is missing", told, f"the other pages are executed and kept; {ON}")


def test_a_cut_off_file_of_results(project, capsys):
    path = project.folder / "book" / "results.json"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[:150], encoding="utf-8")
    assert project.reproduce("--from-nothing") == 2
    assert "results.json cannot be read" in capsys.readouterr().err
    assert project.executed == []
    assert kept(project) == ["curve", "gain", "loss"]
    path.write_text(whole, encoding="utf-8")
    assert project.reproduce() == 0
    assert project.executed == []
    told = "results.json cannot be read, where, and how to get it back"
    row("A cut-off file of results", told, "nothing is executed or deleted; the next run goes on")


def test_a_kernel_that_is_killed(project, capsys):
    project.page("loss", 'import os\nif not Path("go").exists():\n    os.kill(os.getpid(), 9)', LOSS)
    (project.folder / "book" / "go").unlink()
    assert project.reproduce("--from-nothing") == 1
    said = capsys.readouterr().err
    assert "loss.md: Kernel died" in said
    goes_on(project, "loss")
    told = "the page, and that its kernel died"
    row("A kernel that is killed, for want of memory say", told, f"the other pages are executed and kept; {ON}")

"""What the long tests share. `make test-long` runs them, not `make test`: they take minutes and a package index."""

import pytest
from venvs import ROOT, Venv, run


def pytest_configure(config):
    """Warn, without failing, of a Python that is not on the machine."""
    config.addinivalue_line("filterwarnings", "default:no Python .* on this machine")


@pytest.fixture(scope="session")
def new_venv(tmp_path_factory):
    """Return a function that makes an empty environment: ``new_venv("3.12", "--seed").install("numpy")``."""

    def make(version, *options):
        return Venv.make(tmp_path_factory.mktemp("environment") / "venv", version, *options)

    return make


@pytest.fixture(scope="session")
def tools(new_venv):
    """The environment of ``environments/tools.txt``, installed by hash."""
    venv = new_venv("3.12")
    venv.install("--require-hashes", "-r", ROOT / "environments" / "tools.txt")
    return venv


@pytest.fixture
def clone(tmp_path):
    """A copy of the tracked files as they are in the working tree, without environment, build or caches."""
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in run("git", "ls-files", "-z").split("\0"):
        source = ROOT / name
        if name and source.is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(source.read_bytes())
            (folder / name).chmod(source.stat().st_mode)
    return folder

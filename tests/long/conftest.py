"""What the long tests share. `make test-long` runs them, not `make test`: they take minutes and a package index."""

import shutil
import signal

import pytest
from venvs import ROOT, Venv, copy_of_the_tree


def pytest_configure(config):
    """Warn, without failing, of a Python that is not on the machine; when told to end, end what was started."""
    config.addinivalue_line("filterwarnings", "default:no Python .* on this machine")
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def new_venv(tmp_path_factory):
    """Give a function that makes an empty environment: ``new_venv("3.12", "--seed").install("numpy")``."""
    made = []

    def make(version, *options):
        made.append(Venv.make(tmp_path_factory.mktemp("environment") / "venv", version, *options))
        return made[-1]

    yield make
    for venv in made:
        shutil.rmtree(venv.folder)


@pytest.fixture(scope="session")
def tools(new_venv):
    """The environment of ``environments/tools.txt``, installed by hash."""
    venv = new_venv("3.12")
    venv.install("--require-hashes", "-r", ROOT / "environments" / "tools.txt")
    return venv


@pytest.fixture
def clone(tmp_path):
    """A copy of the tracked files as they are in the working tree, without environment, build or caches."""
    return copy_of_the_tree(tmp_path / "clone")

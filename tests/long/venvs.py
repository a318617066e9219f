"""Environments made for one test, by uv: a Python, and what is installed beside it.

The package index, certificates and proxies are those of the machine. Where the index does not answer, the test fails
and says that it tested nothing.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNREACHABLE = re.compile(
    r"error sending request|operation timed out|network was disabled|network connectivity is disabled"
    r"|max retries exceeded|NewConnectionError|NameResolutionError|connection broken|ReadTimeoutError",
    re.IGNORECASE,
)
OF_ANOTHER = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV", "CONDA_PREFIX")


def uv() -> str:
    """Return the path of uv: the one beside this Python, else the one on the path."""
    beside = Path(sys.executable).parent / "uv"
    found = str(beside) if beside.is_file() else shutil.which("uv")
    return found or pytest.fail("uv is in no place known: make install", pytrace=False)


def surroundings(**changes: str) -> dict[str, str]:
    """Return the variables of this process, less those that speak of another Python."""
    kept = {name: text for name, text in os.environ.items() if name not in OF_ANOTHER}
    return {"UV_SYSTEM_CERTS": "true", "PYTHONNOUSERSITE": "1"} | kept | changes


def run(*command, cwd: Path = ROOT, timeout: float = 600, **changes: str) -> str:
    """Run a command and return what it printed; a failure fails the test and shows the output.

    What the command started is ended with it, when it is late and on Ctrl-C.
    """
    words = [str(word) for word in command]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as written:
        process = subprocess.Popen(
            words,
            cwd=cwd,
            env=surroundings(**changes),
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout)
            ended = f"exit {code}" if code else ""
        except subprocess.TimeoutExpired:
            ended = f"no end after {timeout:g} s"
        finally:
            end(process)
        written.seek(0)
        output = written.read()
    if ended:
        pytest.fail(f"{reason(output)}{' '.join(words)}: {ended}\n{output[-6000:]}", pytrace=False)
    return output


def end(process: subprocess.Popen) -> None:
    """End a process and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def reason(output: str) -> str:
    """Say in words that the index did not answer, if that is why a command failed."""
    return "The package index cannot be reached, so nothing was tested.\n" if UNREACHABLE.search(output) else ""


def copy_of_the_tree(folder: Path) -> Path:
    """Copy the files that git tracks, as they are in the working tree, and return the new folder."""
    folder.mkdir()
    for name in filter(None, run("git", "ls-files", "-z").split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def interpreter(version: str) -> str:
    """Return the path of a Python of this version, ``"3.12"``, or of the running one with a warning; downloads none."""
    words = [uv(), "python", "find", "--no-python-downloads", "--no-project", "--system", version]
    found = subprocess.run(words, capture_output=True, text=True, env=surroundings(), check=False)
    if found.returncode == 0:
        return found.stdout.strip()
    running = ".".join(map(str, sys.version_info[:2]))
    warnings.warn(
        f"no Python {version} on this machine; tested on Python {running} instead", NotFoundWarning, stacklevel=2
    )
    return sys.executable


class NotFoundWarning(UserWarning):
    """A Python that a test asks for is not on the machine."""


@dataclass(frozen=True)
class Venv:
    """A virtual environment in a folder."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, version: str, *options: str) -> "Venv":
        """Make an empty one with the Python of this version; ``"--seed"`` adds pip."""
        run(uv(), "venv", "--quiet", "--no-project", "--python", interpreter(version), *options, folder)
        return cls(folder)

    @property
    def bin(self) -> Path:
        """The folder of its programs."""
        return self.folder / "bin"

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.bin / "python"

    @property
    def version(self) -> str:
        """The version of its Python, ``"3.12"``."""
        return self.run("python", "-c", "import sys; print('{}.{}'.format(*sys.version_info))").strip()

    def install(self, *arguments, timeout: float = 900) -> str:
        """Install, as ``uv pip install`` would: names, files by ``"-r"``, any option."""
        return run(uv(), "pip", "install", "--quiet", "--python", self.python, *arguments, timeout=timeout)

    def run(self, *command, cwd: Path = ROOT, timeout: float = 600, **changes: str) -> str:
        """Run a command with the environment's programs first on the path, and return what it printed."""
        path = os.pathsep.join([str(self.bin), os.environ.get("PATH", os.defpath)])
        return run(*command, cwd=cwd, timeout=timeout, **{"PATH": path, "VIRTUAL_ENV": str(self.folder)} | changes)

    def versions(self) -> dict[str, str]:
        """Return the version of each distribution that is installed."""
        lines = run(uv(), "pip", "freeze", "--python", self.python).splitlines()
        return dict(line.split("==") for line in lines if "==" in line)

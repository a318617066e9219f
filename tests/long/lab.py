"""JupyterLab of an environment, started as a program, without a browser and without anybody's settings."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from venvs import Venv, end, surroundings

HOMES = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab."""

    url: str
    token: str
    process: subprocess.Popen
    log: Path

    def ask(self, path: str, method: str = "GET", token: str = ""):
        """Return what it answers, read as JSON; no proxy stands between."""
        headers = {"Authorization": f"token {token or self.token}"}
        request = urllib.request.Request(self.url + path, method=method, headers=headers)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
            return json.loads(answer.read() or "null")

    def wait(self, seconds: float) -> None:
        """Wait until it answers."""
        late = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < late:
            try:
                self.ask("api/status")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.3)
            else:
                return
        pytest.fail(f"JupyterLab does not answer\n{self.log.read_text(encoding='utf-8')[-4000:]}", pytrace=False)


@contextlib.contextmanager
def running(venv: Venv, folder: Path, home: Path) -> Iterator[Lab]:
    """Start the JupyterLab of an environment in a folder, on a free port of this machine; end it when all is done."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, log = secrets.token_hex(), home / "lab.log"
    words = ["lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    changes = {name: str(home / name.lower()) for name in HOMES} | {"JUPYTER_TOKEN": token}
    changes["PATH"] = os.pathsep.join([str(venv.bin), os.environ.get("PATH", os.defpath)])
    with log.open("w", encoding="utf-8") as written:
        process = subprocess.Popen(
            [str(venv.bin / "jupyter"), *words],
            cwd=folder,
            env=surroundings(**changes),
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        lab = Lab(f"http://127.0.0.1:{port}/", token, process, log)
        lab.wait(60)
        yield lab
    finally:
        end(process)

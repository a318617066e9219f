"""Measuring tools against each other: each peer in an environment and a process of its own, repeats in turns.

A **peer** is a library that does the same task. A **worker** is its process: it says in lines of JSON how long a call
took, and calls again when it is asked. Repeats are **interleaved**: every tool once, and again, in alternating order,
so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

PEERS = Path(__file__).parents[1] / "peers"
ROOT = Path(__file__).parents[2]


class Unavailable(Exception):
    """Why a peer has no measurement."""


def environment(folder: Path, name: str) -> Path:
    """The Python of a new environment with exactly what is pinned for a peer.

    Raises:
        Unavailable: when it cannot be installed; the message has the reason that the tools gave.
    """
    uv, place = Path(sys.executable).with_name("uv"), folder / name
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    for command in (
        [uv, "venv", "--quiet", "--python", sys.executable, place],
        [uv, "pip", "install", "--quiet", "--python", python, "--requirements", PEERS / f"{name}.txt"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unavailable(f"cannot be installed: {reason(done.stderr)}")
    return python


TELLING = ("could be found", "No ", "not ", "Error:", "error:", "failed")
"""Words of a line that says why, the most telling first."""


def reason(text: str) -> str:
    """The line that says most of what a tool printed, without places on this machine."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and "/" not in line]
    telling = [line for word in TELLING for line in lines if word in line]
    return (telling or lines or ["no reason given"])[0][:160]


class Worker:
    """A process of a peer; a call that takes longer than ``limit`` seconds ends it.

    Main attributes:
        first : seconds of preparing and of the first call
        megabytes : the most memory that it held
    """

    def __init__(self, command: list[Any], limit: float, errors: Path) -> None:
        self.limit, self.errors, self.megabytes = limit, errors, float("nan")
        paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        with errors.open("w") as err:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": err, "text": True}
            self.process = subprocess.Popen(
                [str(part) for part in command], **pipes, cwd=errors.parent, env=os.environ | {"PYTHONPATH": paths}
            )
        try:
            self.first = float(self._line()["first"])
        except BaseException:
            self.end()
            raise

    def again(self) -> float:
        """Seconds of one more call."""
        print("again", file=self.process.stdin, flush=True)
        line = self._line()
        self.megabytes = line.get("megabytes", self.megabytes)
        return float(line["seconds"])

    def finish(self) -> None:
        """Let it write its answer."""
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def end(self) -> None:
        """Whatever it does, it is over."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            pipe.close()

    def _line(self) -> dict[str, Any]:
        late = threading.Event()
        timer = threading.Timer(self.limit, lambda: (late.set(), self.process.kill()))
        timer.start()
        try:
            text = self.process.stdout.readline()
        finally:
            timer.cancel()
        if late.is_set():
            raise Unavailable(f"not finished in {self.limit:g} s")
        if not text:
            raise Unavailable(f"failed: {reason(self.errors.read_text())}")
        return json.loads(text)


def interleaved(tasks: Mapping[str, Callable[[], float]], repeats: int) -> dict[str, list[float]]:
    """What each task gives in each round; every second round is in the opposite order."""
    found: dict[str, list[float]] = {name: [] for name in tasks}
    for k in range(repeats):
        for name in list(tasks)[:: -1 if k % 2 else 1]:
            found[name].append(tasks[name]())
    return found


def spread(values: list[float]) -> float:
    """Distance of the quartiles, as a part of the median; 0 for a single value."""
    if len(values) < 2:
        return 0.0
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return (high - low) / abs(middle)

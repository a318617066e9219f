"""A million random systems of three units to their steady states: systems per second, and memory.

``python benchmarks/steady_states.py [--systems NUMBER] [--repeats TIMES]``
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
from common.harness import PEERS, Worker
from common.record import Row, write

import ecolib

ENDINGS = ("settled", "excluded", "escaped", "out of time")


def measured(systems: int, repeats: int, settle: float = 1e-8) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        np.savez(place / "task.npz", count=systems, settle=settle, endings=ENDINGS)
        command = [sys.executable, PEERS / "steady_ecolib.py", place / "task.npz", place / "answer.npy"]
        worker = Worker(command, 600, place / "errors")
        try:
            rates = [systems / worker.again() for _ in range(repeats)]
            worker.finish()
        finally:
            worker.end()
        shares = ", ".join(
            f"{name} {one:.2%}" for name, one in zip(ENDINGS, np.load(place / "answer.npy"), strict=True)
        )
    shared = {"benchmark": "steady states", "task": f"{systems} systems of three units, settled within {settle:g}"}
    shared |= {"version": ecolib.__version__}
    return [
        Row(tool="ecolib", unit="systems per second", values=rates, more_is_better=True, note=shares, **shared),
        Row(tool="ecolib, memory", unit="MB", values=[worker.megabytes], note="the whole process at most", **shared),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--systems", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=1)
    options = parser.parse_args()
    write(measured(options.systems, options.repeats), keep=options.systems >= 1_000_000)


if __name__ == "__main__":
    main()

"""Import and first call, with and without compiled bytecode, against sympy's own import.

``python benchmarks/import_times.py [--repeats TIMES]``

Each is measured inside a new process; without bytecode, that of all libraries goes to an empty folder.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version

from common.harness import interleaved
from common.record import Row, write

CALLS = {
    "import sympy": "import sympy",
    "import ecolib": "import ecolib",
    "import ecolib, equilibria of three units": "from ecolib import *; equilibria(Symbiosis.of(units=3))",
    "import ecolib, first path": """
from ecolib import Symbiosis, Values
from ecolib.simulation import simulate
simulate(Symbiosis.of(units=2), Values(r=(1, 1), K=(1, 1), alpha=((0, 0.3), (-0.2, 0))), x0=(0.1, 0.2), t=(0, 10))
""",
}


def seconds(code: str, folder: str) -> float:
    timed = f"import time; start = time.perf_counter()\n{code}\nprint(time.perf_counter() - start)"
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    settings["PYTHONPYCACHEPREFIX"] = folder
    command = [sys.executable, "-c", timed]
    return float(subprocess.run(command, env=settings, capture_output=True, text=True, check=True).stdout)


def empty(code: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return seconds(code, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as warm:
        for code in CALLS.values():
            seconds(code, warm)
        ways = {"with bytecode": lambda code: seconds(code, warm), "without bytecode": empty}
        tasks = {
            (way, name): lambda ask=ask, code=code: ask(code)
            for way, ask in ways.items()
            for name, code in CALLS.items()
        }
        found = interleaved(tasks, options.repeats)
    base = "import sympy"
    write(
        Row("import", way, name, "seconds", values, version("sympy" if name == base else "ecolib"), base)
        for (way, name), values in found.items()
    )


if __name__ == "__main__":
    main()

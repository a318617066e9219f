import statistics
import subprocess
import sys

import ecolib

HEAVY = ("networkx", "scipy", "matplotlib", "seaborn", "z3", "cvc5", "tqdm", "xarray", "pandas", "IPython")


def run(code):
    """Run code in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_importing_ecolib_loads_nothing_heavy():
    code = "import ecolib, ecolib.results, ecolib.sweeps, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = run(code).split()
    assert {"ecolib", "sympy", "numpy"} <= set(loaded)
    assert [name for name in HEAVY if name in loaded] == []


def test_letters_need_no_integrator_and_numbers_load_it_when_they_do():
    code = """
import sys
from ecolib import *
model, values = Symbiosis.of(units=2), Values(r=(1, 1), K=(1, 1), alpha=((0, 0), (0, 0)))
regime(model, values), mode(values), transitions(model), stable(equilibria(model)[-1], values)
print("scipy.integrate" in sys.modules)
simulate(model, values, x0=(1, 1), t=(0, 1))
print("scipy.integrate" in sys.modules)
"""
    assert run(code).split() == ["False", "True"]


def test_every_public_name_is_there():
    assert [name for name in ecolib.__all__ if not hasattr(ecolib, name)] == []
    assert sorted(ecolib.__all__, key=lambda name: (not name.isupper(), name)) == ecolib.__all__


def test_an_import_takes_less_than_twice_that_of_sympy():
    code = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"
    rounds = [[float(run(code.format(name))) for name in ("sympy", "ecolib")] for _ in range(5)]
    theirs, ours = (statistics.median(times) for times in zip(*rounds, strict=True))
    assert ours < 2 * theirs

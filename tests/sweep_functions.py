"""Functions to sweep, at the top level of a module so that other processes find them; runs and their traces."""

import os
import resource
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import product
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from ecolib.sweeps import load, sweep

GRID = {"a": range(6), "b": (1.5, 2.0, -3.0)}
CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["ecolib.sweeps", "scipy.io", "xarray"])
"""New processes start from one that has the libraries."""

WORKERS = 2
CHUNK = 3
LONG = {"k": range(60)}


def plain(a, b):
    """A number and a vector; NaN is an answer, an exception is none."""
    if a == 4:
        return {"s": float("nan"), "v": [1, 2]}
    return {"s": np.sqrt(a) + b, "v": [b / (a - 3), a * b]}


def loop(function, grid):
    """The same by the plain loop: a list of what the function returns, or the type of its exception."""
    found = []
    for point in product(*grid.values()):
        try:
            found.append(function(**dict(zip(grid, point, strict=True))))
        except Exception as error:
            found.append(type(error))
    return found


def total(a, b):
    return a + b


def nothing(**_):
    return 0


def noise(a, b, rng):
    return {"x": rng.normal(a, abs(b)), "m": rng.random((2, 2))}


def fatal(a, b, flag):
    """Kills its process at one point, if the flag is there."""
    if (a, b) == (3, 2.0) and Path(flag).exists():
        os.kill(os.getpid(), signal.SIGKILL)
    return a + b


def fatal_once(a, b, flag):
    """Kills its process at one point, the first time."""
    if (a, b) == (3, 2.0) and Path(flag).exists():
        Path(flag).unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return a + b


def counted(k):
    """Write down that a point is computed, and take some time."""
    log = os.open(os.environ["COUNTER"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(log, f"{k}\n".encode())
    os.close(log)
    time.sleep(0.01)
    return k * k


def talkative(k):
    """Fails at one point with a message that needs room."""
    if k == 5:
        raise ValueError("\N{SEEDLING}" * 300)
    return k


def held(k, flag):
    """Halfway, waits as long as the flag is there."""
    while k == 30 and Path(flag).exists():
        time.sleep(0.005)
    return counted(k)


def computed(folder):
    """Points in the order in which they were computed, again and again."""
    path = folder / "counter"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def kept(folder):
    """Points on disk."""
    store = folder / "store"
    return set(np.flatnonzero(load(store).fault == "")) if (store / "sweep.json").exists() else set()


@contextmanager
def files_of_at_most(size):
    """No file can grow beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def run(folder, place):
    """Sweep in a session of this process's own, and write down how many points are done."""
    os.setsid()
    os.environ["COUNTER"] = str(folder / "counter")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asked = {"store": folder / "store", "chunk": CHUNK}
    if place == "here":
        swept = sweep(counted, LONG, **asked)
    else:
        with ProcessPoolExecutor(WORKERS, mp_context=get_context("fork")) as pool:
            swept = sweep(counted, LONG, executor=pool, **asked)
    (folder / "done").write_text(f"{swept.attrs['complete']} {(swept.fault == '').sum().item()}")

"""A cluster of Dask on this machine: a scheduler and two workers, each a process of its own, all on loopback."""

import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import dask
from distributed import Client

TESTS = Path(__file__).parent
AT = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
FILE = "scheduler.json"
START = 120
"""Seconds that a process may take to start."""


@dataclass(frozen=True)
class Cluster:
    folder: Path
    client: Client
    scheduler: subprocess.Popen
    workers: list[subprocess.Popen]


@contextmanager
def process(folder, name, *options, **settings):
    """A process of the cluster; it is ended with the block."""
    settings |= {"PYTHONPATH": str(TESTS), "DASK_CONFIG": str(folder), "COUNTER": str(folder / "counter")}
    command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *options]
    with (folder / f"{name}.log").open("a") as log:
        started = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=os.environ | settings)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def worker(folder):
    """A worker of one thread, with what the sweeps need; nothing comes back of it when it dies."""
    work = ["--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(folder)]
    return process(folder, "worker", *work, *AT, "--scheduler-file", str(folder / FILE), "--preload", "sweep_functions")


@contextmanager
def cluster(folder, **settings):
    """A cluster whose files are in a new folder; the scheduler gets settings as variables of its environment."""
    folder.mkdir()
    dask.config.refresh(paths=[], env={})  # what the user has set is kept out
    with ExitStack() as stack:
        start = ["--port", "0", *AT, "--scheduler-file", str(folder / FILE)]
        scheduler = stack.enter_context(process(folder, "scheduler", *start, **settings))
        workers = [stack.enter_context(worker(folder)) for _ in range(2)]
        client = stack.enter_context(Client(scheduler_file=str(folder / FILE), timeout=START, set_as_default=False))
        client.wait_for_workers(2, timeout=START)
        yield Cluster(folder, client, scheduler, workers)

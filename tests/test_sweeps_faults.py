"""Runs that are killed, interrupted, or out of room: nothing that was finished is lost, and the next run goes on."""

import os
import signal
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial

import numpy as np
import pytest
from faults import row
from sweep_functions import (
    CHUNK,
    CONTEXT,
    GRID,
    LONG,
    WORKERS,
    computed,
    fatal,
    files_of_at_most,
    kept,
    run,
    talkative,
    total,
)

from ecolib.sweeps import UnfinishedSweep, load, sweep

POINTS = len(LONG["k"])
ON = "the same call goes on and computes no finished chunk again"


@contextmanager
def started(folder, place):
    """A sweep in a process of its own; whatever is left of it is ended."""
    process = CONTEXT.Process(target=run, args=(folder, place))
    process.start()
    try:
        yield process
    finally:
        for end in (os.killpg, os.kill):  # before it has a session of its own there is no group
            with suppress(ProcessLookupError):
                end(process.pid, signal.SIGKILL)
        process.join()


def done(process, folder):
    """Complete or not, and how many points, of a sweep that ended."""
    process.join(timeout=300)
    complete, points = (folder / "done").read_text().split()
    return bool(int(complete)), int(points)


def wait_for(process, folder, points):
    """Wait until so many more points were computed."""
    goal = len(computed(folder)) + points
    while process.is_alive() and len(computed(folder)) < goal:
        time.sleep(0.003)


@pytest.mark.parametrize(("place", "workers"), [("here", 1), ("pool", WORKERS)])
def test_a_killed_run_goes_on_and_loses_at_most_a_chunk_per_worker(tmp_path, place, workers):
    moments = np.random.default_rng().integers(1, 20, size=3)
    for moment in moments:
        with started(tmp_path, place) as process:
            before = kept(tmp_path)
            known = len(computed(tmp_path))
            wait_for(process, tmp_path, moment)
            os.kill(process.pid, signal.SIGKILL)
        new = computed(tmp_path)[known:]
        assert not before & set(new), moments
        assert len(set(new) - kept(tmp_path)) <= workers * CHUNK, moments
    with started(tmp_path, place) as process:
        assert done(process, tmp_path) == (True, POINTS)
    assert load(tmp_path / "store").value.values.tolist() == [k * k for k in LONG["k"]]
    assert set(computed(tmp_path)) == set(LONG["k"])
    assert len(computed(tmp_path)) <= POINTS + 3 * workers * CHUNK
    row("A hard kill (SIGKILL) during a sweep", "nothing can be said", f"at most a chunk per worker is lost; {ON}")


@pytest.mark.parametrize(("place", "send"), [("here", os.kill), ("pool", os.kill), ("pool", os.killpg)])
def test_ctrl_c_returns_what_is_done_and_the_next_run_goes_on(tmp_path, place, send):
    with started(tmp_path, place) as process:
        wait_for(process, tmp_path, 10 + int(np.random.default_rng().integers(20)))
        send(process.pid, signal.SIGINT)
        complete, points = done(process, tmp_path)
    finished = kept(tmp_path)
    assert not complete
    assert 0 < points == len(finished) < POINTS
    first = computed(tmp_path)
    with started(tmp_path, place) as process:
        assert done(process, tmp_path) == (True, POINTS)
    assert not finished & set(computed(tmp_path)[len(first) :])
    row("Ctrl-C during a sweep", "the points that are done are returned, marked as not complete", ON)


def test_a_worker_that_dies_ends_the_sweep_with_what_is_done(tmp_path):
    flag = tmp_path / "flag"
    flag.touch()
    killing = partial(fatal, flag=str(flag))
    asked = {"store": tmp_path / "store", "chunk": 2}
    pools = [ProcessPoolExecutor(WORKERS, mp_context=CONTEXT) for _ in range(2)]
    with (
        pools[0],
        pytest.raises(UnfinishedSweep, match=r"a worker was lost \(BrokenProcessPool.* points are safe") as caught,
    ):
        sweep(killing, GRID, executor=pools[0], **asked)
    safe = load(tmp_path / "store")
    assert safe.identical(caught.value.result)
    assert 8 <= (safe.fault == "").sum() < 18
    flag.unlink()
    with pools[1]:
        whole = sweep(killing, GRID, executor=pools[1], **asked)
    assert whole.drop_attrs().identical(sweep(total, GRID).drop_attrs())
    row("A worker that is killed during a sweep", "a worker was lost; how many points are safe, and where", ON)


def test_an_executor_that_was_shut_down_ends_the_sweep():
    pool = ProcessPoolExecutor(1, mp_context=CONTEXT)
    pool.shutdown()
    with pytest.raises(UnfinishedSweep, match=r"a worker was lost \(RuntimeError: .*shutdown.*0 of 18 points"):
        sweep(total, GRID, executor=pool)


def test_a_chunk_that_cannot_be_written_ends_the_sweep_and_names_what_is_safe(tmp_path):
    asked = {"grid": {"k": range(12)}, "store": tmp_path / "store", "chunk": 2}
    with (
        files_of_at_most(2000),
        pytest.raises(UnfinishedSweep, match=r"File too large.*4 of 12 points are safe in .*store"),
    ):
        sweep(talkative, **asked)
    assert load(tmp_path / "store").fault.values.tolist() == [""] * 4 + ["not run"] * 8
    assert [path.suffix for path in (tmp_path / "store").iterdir() if path.name.endswith(".part")] == []
    assert sweep(talkative, **asked).value.values.tolist()[6:] == [6, 7, 8, 9, 10, 11]
    told = "what cannot be written; how many points are safe, and where"
    row("A full disk during a sweep", told, f"with space again, {ON}")


def wide(k):
    return {"v": np.full(500, float(k))}


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 64 kB, where one may be mounted; the limit on files above is tested everywhere."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"no small file system can be mounted here: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_keeps_what_is_finished_and_the_next_run_goes_on(small_disk):
    asked = {"grid": {"k": range(40)}, "store": small_disk / "store", "chunk": 1}
    with pytest.raises(UnfinishedSweep, match=r"cannot be written \(No space left on device\)") as caught:
        sweep(wide, **asked)
    safe = load(small_disk / "store")
    points = int((safe.fault == "").sum())
    assert 5 < points < 40
    assert f"{points} of 40 points are safe in {small_disk / 'store'}: the same call goes on" in str(caught.value)
    assert int((caught.value.result.fault == "").sum()) == points + 1
    subprocess.run(["mount", "-o", "remount,size=1m", small_disk], check=True)
    assert sweep(wide, **asked).v[:, 7].values.tolist() == list(range(40))


def test_a_disk_that_is_full_from_the_start_is_an_error_of_the_system(small_disk):
    with suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    with pytest.raises(OSError, match=r"the store .* cannot be used: No space left on device"):
        sweep(wide, {"k": range(4)}, store=small_disk / "store")
    (small_disk / "filler").unlink()
    assert sweep(wide, {"k": range(4)}, store=small_disk / "store").attrs["complete"] == 1

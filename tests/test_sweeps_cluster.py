"""Sweeps on a cluster of Dask, and what goes wrong with one: nothing that was finished is lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial

import pytest
from clusters import START, cluster, worker
from faults import row
from sweep_functions import (
    CHUNK,
    GRID,
    LONG,
    computed,
    fatal,
    fatal_once,
    files_of_at_most,
    held,
    kept,
    noise,
    talkative,
    total,
)

from ecolib.sweeps import UnfinishedSweep, load, places, sweep

POINTS = len(LONG["k"])
ON = "the same call goes on and computes no finished chunk again"


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("shared") / "cluster") as running:
        yield running


def same(one, other):
    assert one.drop_attrs().identical(other.drop_attrs())
    assert [one[name].values.tobytes() for name in one if name != "fault"] == [
        other[name].values.tobytes() for name in other if name != "fault"
    ]
    assert one.attrs["complete"] == 1


def test_a_cluster_gives_the_same_bits_as_this_process(shared):
    for function, seed in ((noise, 7), (total, None)):
        serial = sweep(function, GRID, seed=seed)
        for executor in (shared.client, shared.client.get_executor()):
            same(sweep(function, GRID, seed=seed, executor=executor, chunk=4), serial)


def test_both_workers_of_a_cluster_have_two_chunks_in_flight_each(shared):
    where = sweep(lambda k: time.sleep(0.01) or os.getpid() + 0 * k, {"k": range(20)}, executor=shared.client, chunk=1)
    assert set(where.value.values) == {process.pid for process in shared.workers}
    assert places.placed(shared.client, None, total).flying == 4
    assert places.placed(shared.client.get_executor(), 3, total).flying == 3


def unfinished(folder, client, act):
    """Sweep; act when half of it is on disk and one chunk waits; what is raised then, and the points that are safe."""
    flag, over = folder / "flag", time.monotonic() + START
    flag.touch()

    def watch():
        while len(kept(folder)) < POINTS / 3 and time.monotonic() < over:
            time.sleep(0.01)
        act()
        flag.unlink()

    watcher = threading.Thread(target=watch)
    watcher.start()
    with pytest.raises(UnfinishedSweep) as caught:
        gone_on(folder, client)
    watcher.join()
    safe = kept(folder)
    assert f"{len(safe)} of {POINTS} points are safe in {folder / 'store'}: the same call goes on" in str(caught.value)
    assert POINTS / 3 <= len(safe) < POINTS
    return str(caught.value), safe


def gone_on(folder, client):
    return sweep(partial(held, flag=str(folder / "flag")), LONG, executor=client, store=folder / "store", chunk=CHUNK)


def assert_goes_on(folder, running, safe):
    """The same call ends well, and computes nothing of what is safe."""
    known = len(computed(running.folder))
    swept = gone_on(folder, running.client)
    assert swept.value.values.tolist() == [k * k for k in LONG["k"]]
    assert swept.attrs["complete"] == 1
    assert not safe & set(computed(running.folder)[known:])


def cut(client):
    """Close the connection under the client, as a network does."""
    client.loop.add_callback(client.scheduler_comm.comm.abort)


def test_a_connection_that_is_cut_ends_the_sweep_with_what_is_done(tmp_path, shared):
    message, safe = unfinished(tmp_path, shared.client, lambda: cut(shared.client))
    assert message.startswith("the connection to the scheduler was lost")
    assert_goes_on(tmp_path, shared, safe)


def test_a_scheduler_that_is_silent_ends_the_sweep_with_what_is_done(tmp_path, shared, monkeypatch):
    monkeypatch.setattr(places, "PATIENCE", 1)
    message, safe = unfinished(tmp_path, shared.client, lambda: os.kill(shared.scheduler.pid, signal.SIGSTOP))
    os.kill(shared.scheduler.pid, signal.SIGCONT)
    assert message.startswith("the connection to the scheduler was lost (TimeoutError")
    monkeypatch.undo()
    assert_goes_on(tmp_path, shared, safe)


def test_a_full_disk_loses_nothing_that_was_finished(tmp_path, shared):
    asked = {"grid": {"k": range(12)}, "store": tmp_path / "store", "chunk": 2, "executor": shared.client}
    with files_of_at_most(2000), pytest.raises(UnfinishedSweep, match="File too large") as caught:
        sweep(talkative, **asked)
    safe = kept(tmp_path)
    assert {0, 1} <= safe <= set(range(12)) - {4, 5}
    assert f"{len(safe)} of 12 points are safe" in str(caught.value)
    assert sweep(talkative, **asked).value.values.tolist()[6:] == [6, 7, 8, 9, 10, 11]


def test_a_worker_that_is_killed_costs_nothing_and_a_scheduler_that_is_killed_only_what_was_in_flight(tmp_path, shared):
    flag = tmp_path / "once"
    flag.touch()
    with cluster(tmp_path / "cluster") as running:
        swept = sweep(partial(fatal_once, flag=str(flag)), GRID, executor=running.client, chunk=2)
        same(swept, sweep(total, GRID))
        assert not flag.exists()
        assert sorted(process.poll() or 0 for process in running.workers) == [-signal.SIGKILL, 0]
        row("A worker of a cluster that is killed during a sweep", "nothing", "another worker computes its chunk")
        message, safe = unfinished(tmp_path, running.client, running.scheduler.kill)
    assert message.startswith("the connection to the scheduler was lost")
    assert_goes_on(tmp_path, shared, safe)
    lost = "the connection to the scheduler was lost; how many points are safe, and where"
    row("A scheduler of a cluster that is killed, cut off or silent during a sweep", lost, ON)


def test_a_chunk_that_loses_its_workers_and_a_cluster_without_workers_end_the_sweep(tmp_path, monkeypatch):
    flag = tmp_path / "flag"
    flag.touch()
    asked = {"grid": GRID, "store": tmp_path / "store", "chunk": 2}
    killing = partial(fatal, flag=str(flag))
    with cluster(tmp_path / "cluster", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as running:

        def ends(reason):
            with pytest.raises(UnfinishedSweep, match=f"{reason}.* of 18 points are safe"):
                sweep(killing, executor=running.client, **asked)

        for _ in running.workers:
            ends(r"a worker was lost \(KilledWorker")
        monkeypatch.setattr(places, "PATIENCE", 2)
        ends("the cluster had no worker for 2 seconds")
        safe = load(tmp_path / "store")
        monkeypatch.undo()
        flag.unlink()
        with worker(tmp_path / "cluster"):
            whole = sweep(killing, executor=running.client, **asked)
    same(whole, sweep(total, GRID))
    assert 0 < (safe.fault == "").sum() < 18
    row(
        "A cluster that has no worker any more",
        "that there was none for five minutes; how many points are safe, and where",
        ON,
    )


def test_a_client_that_answers_later_is_refused():
    class Client:
        asynchronous = True
        get_executor = ncores = submit = print

    with pytest.raises(TypeError, match="must not be asynchronous"):
        sweep(total, GRID, executor=Client())


def test_sweeps_load_no_cluster():
    code = "import sys, ecolib.sweeps; sys.exit(any(name in sys.modules for name in ('dask', 'distributed')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

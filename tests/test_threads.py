"""How many threads a computation starts, alone and beside others."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ecolib import Symbiosis, Values, regime_map
from ecolib.ensembles.by_heyoka import ByHeyoka
from ecolib.sweeps import sweep
from ecolib.threads import limited_threads, thread_count


def test_a_limit_holds_within_its_block_and_in_its_thread_only():
    before = thread_count()
    with limited_threads(1):
        assert thread_count() == 1
        with limited_threads(10_000), ThreadPoolExecutor(1) as pool:
            assert thread_count() == pool.submit(thread_count).result() == before
        assert thread_count() == 1
    assert thread_count() == before


@pytest.mark.parametrize(("said", "threads"), [("1", 1), ("2,4", 2), ("99", 8), ("0", 8), ("", 8), ("many", 8)])
def test_the_variable_of_other_libraries_is_kept(monkeypatch, said, threads):
    monkeypatch.setattr("ecolib.threads.os.sched_getaffinity", lambda _: set(range(8)), raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", said)
    assert thread_count() == threads


@pytest.mark.parametrize("wrong", [0, -1])
def test_no_threads_are_refused(wrong):
    with pytest.raises(ValueError, match="most must be at least 1"), limited_threads(wrong):
        pass
    with pytest.raises(TypeError, match="most must be an integer"), limited_threads(1.5):
        pass


def test_an_engine_keeps_the_limit(monkeypatch):
    monkeypatch.setattr("ecolib.ensembles.by_heyoka.thread_count", lambda: 7)
    assert ByHeyoka(Symbiosis.of(units=2), 10, 1).threads == 7


def test_maps_start_no_more_threads_than_allowed(monkeypatch):
    asked = []

    class Counted(ThreadPoolExecutor):
        def __init__(self, workers):
            asked.append(workers)
            super().__init__(workers)

    monkeypatch.setattr("ecolib.charts.ThreadPoolExecutor", Counted)
    ones = np.ones((20_000, 2))
    with limited_threads(1):
        regime_map(Symbiosis.of(units=2), Values(r=ones, K=ones, alpha=np.zeros((20_000, 2, 2))))
    assert asked == [1]


def test_chunks_beside_other_workers_have_one_thread_each_and_alone_all(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr("ecolib.threads.os.sched_getaffinity", lambda _: set(range(8)), raising=False)

    def counted(k):
        return {"threads": thread_count() + 0 * k, "main": threading.current_thread() is threading.main_thread()}

    grid = {"k": range(3)}
    alone = sweep(counted, grid, progress=False)
    with ThreadPoolExecutor(2) as pool:
        shared = sweep(counted, grid, executor=pool, progress=False)
    assert alone.threads.values.tolist() == [8, 8, 8]
    assert shared.threads.values.tolist() == [1, 1, 1]
    assert not shared.main.values.any()

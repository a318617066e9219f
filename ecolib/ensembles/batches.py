"""A batch in chunks: threads, a progress bar, and what is kept after an interruption."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.ensembles.engines import Engine
from ecolib.ensembles.outcomes import ENDINGS, Chunk, Code, Followed
from ecolib.ensembles.settling import settled
from ecolib.fit import places
from ecolib.model import Symbiosis
from ecolib.numeric import Array
from ecolib.values import Values

__all__ = ["Batch", "run"]


@dataclass(frozen=True, eq=False)
class Batch:
    """All paths that are asked for; nothing is copied before a chunk is cut out.

    Args:
        model, values, starts: leading axes of the last two are broadcast against each other.
        times: when outputs are asked for, shape ``(times,)``.
        rtol, escape, settle: as of :func:`~ecolib.simulation.simulate_many`.
    """

    model: Symbiosis
    values: Values
    starts: Array
    times: Array
    rtol: float
    escape: float
    settle: float | None

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the batch.

        Raises:
            ValueError: when values and starts do not fit.
        """
        try:
            return np.broadcast_shapes(self.values.shape, self.starts.shape[:-1])
        except ValueError:
            given = f"x0 {self.starts.shape} does not broadcast against values of batch {self.values.shape}"
            raise ValueError(given) from None

    def cut(self, begin: int, end: int, stop: Callable[[], bool]) -> tuple[Chunk, Array]:
        """Paths of a stretch of the flat batch, and their starts."""
        shape, model = self.shape, self.model
        where = np.unravel_index(np.arange(begin, end), shape) if shape else (np.zeros(1, dtype=np.intp),)

        def picked(array: Array, tail: int) -> Array:
            own = array if shape else array[None]
            whole: Array = np.broadcast_to(own, (*(shape or (1,)), *own.shape[own.ndim - tail :]))[where]
            return whole

        r, K, starts = (picked(array, 1) for array in (self.values.r, self.values.K, self.starts))
        alpha = picked(self.values.alpha, 2)
        numbers = dict(zip((*model.r, *model.K), (*r.T, *K.T), strict=True))
        numbers |= {letter: alpha[:, i, j] for (i, j), letter in places(model.alpha)}
        with np.errstate(divide="ignore"):
            first = np.log(starts) - np.log(K)
        return Chunk(model, numbers, K, first, self.rtol, self.escape, stop), starts


def run(batch: Batch, engine: Engine, progress: bool | None) -> tuple[Array, npt.NDArray[np.str_], Array]:
    """Outputs, endings and reached times of a batch; an interruption keeps what is done."""
    from tqdm import tqdm

    size, n, times = int(np.prod(batch.shape)), batch.model.units, batch.times.size
    x, reached = np.full((size, n, times), np.nan), np.full(size, np.nan)
    code = np.full(size, Code.NOT_RUN, dtype=np.int8)
    halt = threading.Event()

    def work(begin: int) -> int:
        if halt.is_set():
            return 0
        end = min(begin + engine.chunk, size)
        chunk, starts = batch.cut(begin, end, halt.is_set)
        part = _followed(batch, engine, chunk)
        x[begin:end, :, 1:] = chunk.K[..., None] * np.exp(part.y)
        x[begin:end, :, 0] = np.where((part.code == Code.NOT_RUN)[:, None], np.nan, starts)
        code[begin:end], reached[begin:end] = part.code, part.reached
        if engine.threads == 0 and np.any(part.code == Code.INTERRUPTED):
            raise KeyboardInterrupt
        return end - begin

    with tqdm(total=size, disable=None if progress is None else not progress) as bar, _until_interrupted():
        for done in _each(work, range(0, size, engine.chunk), engine.threads, halt):
            bar.update(done)
    return x, ENDINGS[code], reached


def _followed(batch: Batch, engine: Engine, chunk: Chunk) -> Followed:
    begin, end = float(batch.times[0]), float(batch.times[-1])
    if batch.settle is not None:
        return settled(engine, chunk, begin, end, batch.settle)
    until = np.broadcast_to(batch.times[1:], (chunk.paths, batch.times.size - 1))
    return engine.follow(chunk, chunk.first, np.full(chunk.paths, begin), until)


@contextmanager
def _until_interrupted() -> Iterator[None]:
    """Ctrl-C ends what is under way; what is done stays."""
    try:
        yield
    except KeyboardInterrupt:
        return


def _each(work: Callable[[int], int], begins: range, threads: int, halt: threading.Event) -> Iterator[int]:
    """What every piece of work answers, as it is done."""
    if threads == 0:
        yield from map(work, begins)
        return
    from concurrent.futures import ThreadPoolExecutor, as_completed

    with ThreadPoolExecutor(max_workers=threads) as pool:
        try:
            waiting: list[Any] = [pool.submit(work, begin) for begin in begins]
            for future in as_completed(waiting):
                yield future.result()
        except BaseException:
            halt.set()  # chunks under way come to their end at once, the rest is not begun
            raise

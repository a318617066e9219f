"""Which engine follows a batch."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Protocol

from ecolib.doors import check_kind
from ecolib.ensembles.outcomes import Chunk, Followed
from ecolib.model import Symbiosis
from ecolib.numeric import Array

__all__ = ["ENGINES", "Engine", "engine_for", "installed"]

ENGINES = ("heyoka", "scipy")
"""All engines, the fastest first."""

FEW = 100
"""For fewer paths than this the engine that compiles is not chosen by itself: it would not have started by then."""


class Engine(Protocol):
    """What follows paths.

    Main attributes:
        name : one of :data:`ENGINES`
        threads : how many chunks it follows side by side; 0 when it wants the thread that the user can interrupt
        chunk : how many paths are best followed together
    """

    name: str
    threads: int
    chunk: int

    def follow(self, chunk: Chunk, y: Array, begin: Array, until: Array) -> Followed:
        """Follow paths from ``y`` at the times ``begin``, shape ``(paths,)``, over ``until``, ``(paths, times)``.

        Times increase along each row and are not before ``begin``. A path ends as finished, escaped, interrupted (or
        not run) or failed.
        """


def installed() -> tuple[str, ...]:
    """Names of the engines that can be used here, the fastest first.

    Example:
        >>> "scipy" in installed()
        True
    """
    return tuple(name for name in ENGINES if find_spec(name) is not None)


def engine_for(model: Symbiosis, name: str | None, paths: int, times: int = 1) -> Engine:
    """The engine of a name, or the fastest one that is installed, can follow the model, and is worth its start.

    Args:
        model: whose paths they are.
        name: one of :data:`ENGINES`, or None.
        paths: how many there are.
        times: how many states of each are asked for.

    Raises:
        TypeError: when the name is no text.
        ValueError: for an unknown engine, one that is not installed, or one that cannot follow the model.

    Example:
        >>> engine_for(Symbiosis.of(units=2), "scipy", paths=1).name
        'scipy'
    """
    from ecolib.ensembles.by_scipy import ByScipy

    known = installed()
    if name is not None:
        check_kind("engine", name, str)
        _check_name(name, known)
    if name == "scipy" or "heyoka" not in known or (name is None and paths < FEW):
        return ByScipy()
    from ecolib.ensembles.by_heyoka import ByHeyoka, why_not

    reason = why_not(model)
    if reason and name:
        raise ValueError(f"the engine 'heyoka' cannot follow this model ({reason}); engine='scipy' can")
    return ByScipy() if reason else ByHeyoka(model, paths, times)


def _check_name(name: str, known: tuple[str, ...]) -> None:
    available = ", ".join(repr(one) for one in known)
    if name not in ENGINES:
        raise ValueError(f"unknown engine {name!r:.80}: available here are {available}")
    if name not in known:
        raise ValueError(
            f"the engine {name!r} is not installed: pip install 'ecolib[speed]' brings it; available are {available}"
        )

"""What may come of a call: an answer without NaN, or a refusal by `ecolib` itself that says something, in time."""

import dis
import faulthandler
import re
import resource
import signal
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import is_dataclass
from itertools import islice
from pathlib import Path
from types import GeneratorType
from typing import Any

import matplotlib as mpl
import numpy as np
import sympy as sp
from sympy.parsing import sympy_parser

import ecolib
from fuzz.answers import NAN

CHECKERS = (str(Path(ecolib.__file__).parent), str(Path(mpl.__file__).parent))
"""Whose checks speak to the user; colours, hatches and labels of figures are checked by matplotlib."""

MEMORY = 3 * 2**30
SHORTEST = 12


class Fault(AssertionError):
    """What must not come of a call."""


class Hang(BaseException):
    """A call that does not end. No `except Exception` in its way can stop it."""


def verdict(call: Callable[[], Any], *, raises: tuple[str, ...], nan: bool, seconds: float) -> bool:
    """Whether the call is answered; False when it is refused.

    Args:
        call: what to do.
        raises: names of the exceptions it may raise.
        nan: whether NaN may be part of the answer.
        seconds: CPU time that it may take.
    """
    try:
        with limits(seconds), no_text_is_run(), warnings.catch_warnings():
            warnings.simplefilter("error")
            answer = call()
            answer = list(islice(answer, 4)) if isinstance(answer, GeneratorType) else answer
            place = "" if nan else where_nan(answer)
    except Exception as error:
        judge_refusal(error, raises)
        return False
    if place:
        raise Fault(f"NaN in the answer{place}, and none in what was given")
    return True


def judge_refusal(error: Exception, raises: tuple[str, ...]) -> None:
    """A refusal has a class that is documented, comes from a statement `raise` of a checker, and has a message."""
    name = type(error).__name__
    if name not in raises:
        raise Fault(f"{name} is no refusal: {error}") from error
    if not raised_here(error):
        raise Fault(f"{name} comes from inside, not from a check: {error}") from error
    if len(str(error)) < SHORTEST:
        raise Fault(f"{name} says nothing: {error!s}") from error


def raised_here(error: BaseException) -> bool:
    """Whether the last step to the exception was the statement `raise` in a file of a checker."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or not trace.tb_frame.f_code.co_filename.startswith(CHECKERS):
        return False
    return dis.opname[trace.tb_frame.f_code.co_code[trace.tb_lasti]] == "RAISE_VARARGS"


def documented(words: str) -> tuple[str, ...]:
    """Exceptions under *Raises*; a refusal may always be a ValueError or a TypeError. A missing library is none."""
    named = {
        name
        for names in re.findall(r"^ +([A-Z]\w+(?:, [A-Z]\w+)*):", words, re.MULTILINE)
        for name in names.split(", ")
    }
    return ("ValueError", "TypeError", *sorted(named - {"ImportError"}))


@contextmanager
def limits(seconds: float) -> Iterator[None]:
    """A limit to CPU time, by :class:`Hang`, and to memory; a dump and the end where even that is not heard."""

    def stop(*_: object) -> None:
        raise Hang(f"no answer after {seconds:g} seconds of CPU")

    before, memory = signal.signal(signal.SIGPROF, stop), resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used() + MEMORY, memory[1]))
    faulthandler.dump_traceback_later(20 * seconds, exit=True)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
        resource.setrlimit(resource.RLIMIT_AS, memory)
        signal.signal(signal.SIGPROF, before)


def used() -> int:
    """Address space in use, in bytes; where it cannot be read, enough not to matter."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[0]) * resource.getpagesize() if pages.exists() else 2**40


@contextmanager
def no_text_is_run() -> Iterator[None]:
    """Sympy reads text by running it: here that is a fault, whoever asks for it."""

    def refuse(code: str, *_: object) -> None:
        raise Fault(f"text was run: {code}")

    kept, sympy_parser.eval_expr = sympy_parser.eval_expr, refuse
    try:
        yield
    finally:
        sympy_parser.eval_expr = kept


def where_nan(value: Any, depth: int = 6) -> str:
    """The place of the first NaN in a value, as ` .x[1]`; empty when there is none."""
    if isinstance(value, sp.Basic | sp.MatrixBase):
        return " (sympy)" if value.has(sp.nan) else ""
    if hasattr(value, "tocoo"):
        value = value.data
    if isinstance(value, np.ndarray | np.generic | float | complex):
        kind = np.asarray(value).dtype.kind
        return " (array)" if kind in "fc" and np.isnan(value).any() else ""
    if depth == 0 or isinstance(value, str | bytes | type):
        return ""
    parts: Mapping[Any, Any] = {}
    if isinstance(value, Mapping):
        parts = {f"[{key!r}]": part for key, part in value.items()}
    elif isinstance(value, list | tuple | set | frozenset):
        parts = {f"[{k}]": part for k, part in enumerate(value)}
    elif is_dataclass(value) and type(value).__name__ not in NAN:
        parts = {f".{name}": part for name, part in vars(value).items()}
    return next((f" {at}{deep}" for at, part in parts.items() if (deep := where_nan(part, depth - 1))), "")

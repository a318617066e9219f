"""Values from outside of a function as text that is the same in every run.

A value is **told** when the text holds all of its state. Plain values, arrays, collections and expressions are told
directly; a function by its text and by what it takes from outside in turn, any other object by what ``pickle`` would
keep of it and by the text of its class. A function or class that its module has under its name, in a module other
than that of the function that is swept, is told by that name.
"""

from __future__ import annotations

import hashlib
import inspect
import random
import sys
from collections.abc import Iterator, Mapping
from copyreg import dispatch_table
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property, reduce
from textwrap import dedent
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np
import sympy as sp

from ecolib.sweeps.names import enclosed, global_names

__all__ = ["Teller", "digest"]

PLAIN = (bool, int, float, complex, str, bytes, np.generic, type(None), type(Ellipsis))
DRAWING = (np.random.Generator, np.random.RandomState, np.random.BitGenerator, random.Random)


def digest(data: bytes | str) -> str:
    """The SHA-256 of bytes or text, in hexadecimal digits."""
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


class Untellable(Exception):
    """A value whose state cannot be told; the message says why."""


@dataclass
class Teller:
    """Tells what a function of ``module`` takes from outside.

    Main attributes:
        strict : whether a value that cannot be told is an error; its type is told otherwise
        outside : text by name, of all that was taken so far
    """

    module: str
    strict: bool
    outside: dict[str, str] = field(default_factory=dict)
    _seen: list[Any] = field(default_factory=list)

    def take(self, name: str, value: Any) -> None:
        """Tell a value; a long text as its digest.

        Raises:
            TypeError: for a random number generator, and for a value that cannot be told where that is asked.
        """
        held = value if isinstance(value, list | tuple) else value.values() if isinstance(value, dict) else (value,)
        if any(isinstance(one, DRAWING) for one in held):
            raise TypeError(f"{name} is a random number generator from outside: take rng, and give the sweep a seed")
        try:
            text = self._text(value)
        except (Untellable, RecursionError) as error:
            if self.strict:
                raise TypeError(
                    f"a store cannot tell whether {name} ({type(value).__qualname__}) has changed ("
                    f"{error}): bind a plain value by functools.partial, or sweep without a store"
                ) from None
            text = f"<{type(value).__qualname__}>"
        self.outside[name] = text if len(text) <= 500 else f"{text[:40]}... with digest {digest(text)[:16]}"

    def function(self, function: FunctionType, *, root: bool = False) -> str:
        """The digest of a function's text, after all that it takes from outside was told."""
        self._seen.append(function)
        place = "" if function.__module__ == self.module else f"{function.__module__}."
        end = "" if root else f" of {function.__qualname__}"
        for name in global_names(function.__code__):
            if name in function.__globals__ and place + name not in self.outside:
                self.take(place + name, function.__globals__[name])
        for name, value in enclosed(function):
            self.take(name + end, value)
        return self._source(function)

    def _source(self, function: FunctionType) -> str:
        """The digest of the text; of the compiled code where there is no text of its own."""
        try:
            if function.__code__.co_name != "<lambda>":
                return digest(dedent(inspect.getsource(function.__code__)))
        except (OSError, TypeError):
            pass
        return digest(self._text(function.__code__))

    def _text(self, value: Any) -> str:
        if isinstance(value, PLAIN):
            return repr(value)
        if isinstance(value, sp.Basic | sp.MatrixBase):
            return str(sp.srepr(value))
        if isinstance(value, ModuleType):
            return f"module {value.__name__}"
        if isinstance(value, CodeType):
            parts = (value.co_code, value.co_names, value.co_varnames, value.co_freevars, value.co_consts)
            return self._text(parts)
        if isinstance(value, FunctionType | type):
            return self._defined(value)
        if isinstance(value, np.ndarray) or type(value) in (tuple, list, dict, set, frozenset):
            return self._collection(value)
        if is_dataclass(value):
            held = (f"{one.name}={self._text(getattr(value, one.name))}" for one in fields(value))
            return f"{self._text(type(value))}({', '.join(held)})"
        return self._object(value)

    def _collection(self, value: Any) -> str:
        if type(value) is np.ndarray:
            if value.dtype.kind in "biufcUSmM" and value.size >= 10:
                return f"array {value.dtype} {value.shape} {digest(np.ascontiguousarray(value).tobytes())}"
            return f"array {value.dtype} {value.shape} {self._listed(value.tolist())}"
        if isinstance(value, dict):
            return f"{{{', '.join(f'{self._text(key)}: {self._text(held)}' for key, held in value.items())}}}"
        if isinstance(value, set | frozenset):
            return f"set of {sorted(map(self._text, value))}"
        if isinstance(value, tuple | list):
            return f"({', '.join(map(self._text, value))})"
        return self._object(value)

    def _listed(self, value: Any) -> str:
        return f"[{', '.join(map(self._listed, value))}]" if isinstance(value, list) else self._text(value)

    def _defined(self, value: Any) -> str:
        """A function or a class."""
        name = f"{value.__module__}.{value.__qualname__}"
        if value in self._seen or (value.__module__ != self.module and _found(value)):
            return name
        if isinstance(value, FunctionType):
            return f"{name} {self.function(value)}"
        self._seen.append(value)
        held = [f"{key}={self._text(one)}" for key, one in _members(value)]
        return f"{name} {digest(' '.join([*held, *map(self._text, value.__bases__)]))[:16]}"

    def _object(self, value: Any) -> str:
        """Any other object, by what ``pickle`` would keep; where that cannot be told, by its name in its module."""
        if isinstance(value, DRAWING):
            raise Untellable("it holds a random number generator")
        if callable(value) and isinstance(getattr(value, "__wrapped__", None), FunctionType):
            return self._text(value.__wrapped__)  # what functools.cache made
        try:
            known: Any = dispatch_table.get(type(value))
            kept = known(value) if known else value.__reduce_ex__(4)
        except Exception:
            raise Untellable(f"it holds a {type(value).__qualname__}") from None
        if isinstance(kept, str):
            return f"{getattr(value, '__module__', type(value).__module__)}.{kept}"
        try:
            make, arguments, state, *items = (*kept, None)[:5] if len(kept) < 3 else kept[:5]
            state = _without_caches(type(value), state)
            return self._text((make, arguments, state, *(None if one is None else list(one) for one in items)))
        except Untellable:
            home = vars(sys.modules.get(type(value).__module__, sys))
            named = next((name for name, one in home.items() if one is value), None)
            if named is None or type(value).__module__ == self.module:
                raise
            return f"{type(value).__module__}.{named}"


def _found(value: Any) -> bool:
    """Whether its module has it under its name."""
    return reduce(lambda at, name: getattr(at, name, None), value.__qualname__.split("."), _module(value)) is value


def _module(value: Any) -> Any:
    return sys.modules.get(value.__module__)


def _without_caches(kind: type, state: Any) -> Any:
    """The state without what the object computed from the rest of it."""
    if not isinstance(state, Mapping):
        return state
    return {k: v for k, v in state.items() if not isinstance(getattr(kind, str(k), None), cached_property)}


def _members(kind: type) -> Iterator[tuple[str, Any]]:
    """What the body of a class defines, without what Python adds."""
    for name, held in sorted(vars(kind).items()):
        one = held.__func__ if isinstance(held, staticmethod | classmethod) else held
        one = one.fget if isinstance(one, property) else one.func if isinstance(one, cached_property) else one
        if isinstance(one, FunctionType):
            if one.__code__.co_filename != "<string>":  # written by dataclass
                yield name, one
        elif not (name.startswith("__") or name == "_abc_impl" or inspect.isdatadescriptor(one)):
            yield name, one

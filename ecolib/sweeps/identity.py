"""What a function is, so that results of two different ones are never mixed.

The digest of its source text, and the plain values that it takes from outside: arguments bound by ``partial``,
defaults, variables of enclosing functions and of its module. Functions of the same module that it calls count too;
those of other modules do not.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import partial
from textwrap import dedent
from types import FunctionType
from typing import Any

import numpy as np
import sympy as sp

__all__ = ["described", "difference", "digest", "provenance", "written"]

PLAIN = (bool, int, float, complex, str, bytes, np.generic, type(None))


def digest(data: bytes | str) -> str:
    """The SHA-256 of bytes or text, in hexadecimal digits."""
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


def described(function: Callable[..., Any]) -> dict[str, Any]:
    """Name, digest of the source, and the values from outside by name, all as text.

    Example:
        >>> def growth(r, K=100.0):
        ...     return r * K
        >>> described(partial(growth, K=80.0))["outside"]
        {'K': '80.0'}
    """
    bound = function if isinstance(function, partial) else partial(function)
    inner = inspect.unwrap(bound.func)
    outside = {f"argument {k + 1}": _told(value) for k, value in enumerate(bound.args)}
    owner = getattr(inner, "__self__", None)
    if is_dataclass(owner) and not isinstance(owner, type):
        outside["self"] = _told(owner)
    bare = getattr(inner, "__func__", inner if isinstance(inner, FunctionType) else type(inner).__call__)
    if isinstance(bare, FunctionType):
        outside |= _taken(bare, seen=set())
    outside |= {name: _told(value) for name, value in bound.keywords.items()}
    named = inner if hasattr(inner, "__qualname__") else type(inner)
    source = _source(bare) if isinstance(bare, FunctionType) else ""
    return {
        "function": f"{getattr(named, '__module__', None)}.{named.__qualname__}",
        "source": source,
        "outside": outside,
    }


def provenance(identity: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of a dataset: what computes it, where, and since when."""
    outside = ", ".join(f"{name}={value}" for name, value in identity["outside"].items())
    seed = {} if identity["seed"] is None else {"seed": str(identity["seed"])}
    return {
        "function": identity["function"],
        "source_sha256": identity["source"],
        "outside": outside,
        **seed,
        "ecolib": identity["ecolib"],
        "numpy": np.__version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "begun": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def difference(stored: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What differs between two identities, as text.

    Example:
        >>> difference({"seed": 1, "grid": {"s": [1, 2]}}, {"seed": 1, "grid": {"s": [1, 3]}})
        "grid of 's' was [1, 2], is [1, 3]"
    """
    told = []
    for key in dict.fromkeys([*stored, *now]):
        old, new = stored.get(key), now.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            inner = [(f"{key} of {name!r}", old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])]
        else:
            inner = [(key, old, new)]
        told += [f"{name} was {_short(a)}, is {_short(b)}" for name, a, b in inner if written(a) != written(b)]
    return "; ".join(told)


def written(value: Any) -> str:
    """Plain values as text, in which 1, 1.0 and true differ."""
    return json.dumps(value, sort_keys=True)


def _short(value: Any) -> str:
    text = str(value)
    return "absent" if value is None else text if len(text) < 60 else f"{text[:40]}...{text[-12:]}"


def _taken(function: FunctionType, seen: set[FunctionType]) -> dict[str, str]:
    """The values that a function, and those that it calls, take from outside."""
    seen.add(function)
    try:
        closure = inspect.getclosurevars(function)
        found = {**closure.globals, **closure.nonlocals}
    except ValueError:  # a variable that has no value yet
        found = {}
    defaults = inspect.signature(function).parameters.values()
    found |= {one.name: one.default for one in defaults if one.default is not inspect.Parameter.empty}
    taken: dict[str, str] = {}
    for name, value in sorted(found.items()):
        if isinstance(value, FunctionType):
            if value.__module__ == function.__module__ and value not in seen:
                taken |= {name: _source(value)} | _taken(value, seen)
        elif not inspect.ismodule(value) and not callable(value):
            taken[name] = _told(value)
    return taken


def _source(function: FunctionType) -> str:
    """The digest of the text; of the compiled code where there is no text of its own."""
    code = function.__code__
    try:
        if function.__name__ != "<lambda>":
            return digest(dedent(inspect.getsource(function)))
    except (OSError, TypeError):
        pass
    constants = [_told(value) for value in code.co_consts]
    return digest(repr((code.co_code, code.co_names, code.co_varnames, code.co_freevars, constants)))


def _told(value: Any) -> str:
    """A value as text that is the same in every run; a long one as a digest, one that is not plain as its type."""
    text = _text(value)
    return text if len(text) <= 500 else f"{text[:40]}... with digest {digest(text)[:16]}"


def _text(value: Any) -> str:
    if isinstance(value, PLAIN):
        return repr(value)
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufcU":
        return f"array {value.dtype} {value.shape} {value.tolist()}" if value.size < 10 else _long(value)
    if isinstance(value, tuple | list):
        return f"({', '.join(map(_text, value))})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_text(key)}: {_text(held)}' for key, held in value.items())}}}"
    if isinstance(value, sp.Basic | sp.MatrixBase):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        held = (f"{one.name}={_text(getattr(value, one.name))}" for one in fields(value))
        return f"{type(value).__name__}({', '.join(held)})"
    return f"<{type(value).__qualname__}>"


def _long(value: np.ndarray[Any, Any]) -> str:
    return f"array {value.dtype} {value.shape} {digest(np.ascontiguousarray(value).tobytes())}"

"""What a function is, so that results of two different ones are never mixed.

The digest of its source text, and all that it takes from outside: arguments bound by ``partial``, defaults, variables
of enclosing functions and of its module, the object of a method. Functions and classes of the same module that it uses
count too, and so does every file of this package; other packages and modules do not.
"""

from __future__ import annotations

import inspect
import json
import platform
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

from ecolib.sweeps.told import Teller, digest

__all__ = ["described", "difference", "digest", "package_digest", "provenance", "written"]


def described(function: Callable[..., Any], *, strict: bool = False) -> dict[str, Any]:
    """Name, digest of the source, and the values from outside by name, all as text.

    Raises:
        TypeError: for a random number generator from outside, and, if strict, any value whose state cannot be told.

    Example:
        >>> def growth(r, K=100.0):
        ...     return r * K
        >>> described(partial(growth, K=80.0))["outside"]
        {'K': '80.0'}
    """
    bound = function if isinstance(function, partial) else partial(function)
    inner = bound.func if isinstance(bound.func, FunctionType) else inspect.unwrap(bound.func)
    named = inner if hasattr(inner, "__qualname__") else type(inner)
    teller = Teller(str(getattr(named, "__module__", None)), strict)
    bare = getattr(inner, "__func__", inner if isinstance(inner, FunctionType) else type(inner).__call__)
    source = teller.function(bare, root=True) if isinstance(bare, FunctionType) else ""
    owner = getattr(inner, "__self__", None if hasattr(inner, "__qualname__") else inner)
    if owner is not None:
        teller.take("self", owner)
    positional = {f"argument {k + 1}": one for k, one in enumerate(bound.args)}
    for name, value in (positional | bound.keywords).items():
        teller.take(name, value)
    name = getattr(inner, "__qualname__", getattr(inner, "__name__", type(inner).__qualname__))  # ufuncs of numpy 2.0
    return {
        "function": f"{getattr(named, '__module__', None)}.{name}",
        "source": source,
        "outside": teller.outside,
    }


@cache
def package_digest() -> str:
    """The digest of all files of the package, as they are when it is first asked for."""
    root = Path(__file__).parents[1]
    paths = sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return digest("".join(f"{path.relative_to(root).as_posix()} {digest(path.read_bytes())}\n" for path in paths))


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
        "ecolib_sha256": identity["ecolib_sha256"],
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

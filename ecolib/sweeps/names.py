"""Names that a function looks up outside of itself, read from its compiled code."""

from __future__ import annotations

import dis
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

__all__ = ["enclosed", "global_names"]

LOOK_UPS = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")


def global_names(code: CodeType) -> list[str]:
    """The names that it takes from its module, also in functions, classes and comprehensions inside; sorted.

    Example:
        >>> def area(radius):
        ...     def square():
        ...         return pi * radius.real**2
        ...     return square()
        >>> global_names(area.__code__)
        ['pi']
    """
    names = {one.argval for one in dis.get_instructions(code) if one.opname in LOOK_UPS}
    inner = (one for one in code.co_consts if isinstance(one, CodeType))
    return sorted(names.union(*map(global_names, inner)))


def enclosed(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """The variables of enclosing functions that it uses and have a value, and the defaults of its arguments."""
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            yield name, cell.cell_contents
        except ValueError:  # it has no value yet
            continue
    code, defaults = function.__code__, function.__defaults__ or ()
    yield from zip(code.co_varnames[code.co_argcount - len(defaults) : code.co_argcount], defaults, strict=True)
    yield from (function.__kwdefaults__ or {}).items()

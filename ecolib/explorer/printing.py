"""Formulas as JavaScript: the second door between symbols and numbers, for pages that need no Python.

What :mod:`ecolib.numeric` is for arrays this module is for a browser: an expression that was typed once in letters is
**printed** as a function of these letters, with common parts computed once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import sympy as sp
from sympy.printing.jscode import JavascriptCodePrinter

from ecolib.doors import check_kind, check_mapping, several

__all__ = ["Formula", "javascript"]

Formula: TypeAlias = tuple[Any, Sequence[sp.Symbol]]
"""Expressions (one, a tuple, or a matrix) and the letters that they are functions of, in order."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN = frozenset(
    """
    arguments await break case catch class const continue debugger default delete do else enum eval export extends false
    finally for function if implements import in instanceof interface let new null package private protected public
    return static super switch this throw true try typeof var void while with yield Math Number
    """.split()  # noqa: SIM905 - a list of fifty lines says no more
)


class _Printer(JavascriptCodePrinter):  # type: ignore[misc]
    """Sympy's printer, with all digits of a number and without powers of whole numbers."""

    def _print_Float(self, number: sp.Float) -> str:
        return repr(float(number))

    def _print_Pow(self, power: sp.Pow) -> str:
        base, exponent = power.args
        if exponent in (2, 3, 4):
            factor = self.parenthesize(base, sp.printing.precedence.PRECEDENCE["Pow"])
            return f"({'*'.join([factor] * int(exponent))})"  # in brackets: it may stand below a line
        return str(super()._print_Pow(power))


def javascript(functions: Mapping[str, Formula]) -> str:
    """Print formulas as one JavaScript object of functions.

    Args:
        functions: by name, the expressions and the letters that stand for its arguments. An expression may be a
            condition (then the function answers true or false); a tuple answers an array, a matrix an array of rows.

    Returns:
        Text such as ``({area: (a, b) => {return a*b;}})``, an expression of JavaScript.

    Raises:
        TypeError: when something is no expression; text is never read.
        ValueError: for a letter that is not among the arguments, a name that JavaScript cannot have, an expression
            that is not real, or one that JavaScript has no function for.

    Example:
        >>> a, b = sp.symbols("a b")
        >>> print(javascript({"area": (a * b, (a, b))}))
        ({area: (a, b) => {return a*b;}})
    """
    check_mapping("functions", functions)
    printed = [f"{_name(name)}: {_function(name, *_pair(name, formula))}" for name, formula in functions.items()]
    return "({" + ",\n".join(printed) + "})"


def _pair(name: str, formula: Any) -> tuple[Any, tuple[sp.Symbol, ...]]:
    parts = several(f"the formula of {name}", formula)
    if len(parts) != 2:
        raise ValueError(f"the formula of {name} must be expressions and their letters, got {len(parts)} parts")
    letters = several(f"the letters of {name}", parts[1])
    for letter in letters:
        check_kind(f"a letter of {name}", letter, sp.Symbol)
        _name(letter.name)
    if len({letter.name for letter in letters}) < len(letters):
        raise ValueError(f"the letters of {name} must have different names, got {', '.join(map(str, letters))}")
    return parts[0], letters


def _function(name: str, expressions: Any, letters: tuple[sp.Symbol, ...]) -> str:
    """One function, its common parts first."""
    flat = _flat(name, expressions)
    unknown = set().union(*(one.free_symbols for one in flat)) - set(letters)
    if unknown:
        raise ValueError(f"{name} has no argument for the letters {', '.join(sorted(map(str, unknown)))}")
    parts, results = sp.cse(flat, symbols=sp.numbered_symbols("_"), order="none")
    lines = [f"const {letter} = {_printed(name, part)};" for letter, part in parts]
    shown = _nested(expressions, iter([_printed(name, one) for one in results]))
    return f"({', '.join(letter.name for letter in letters)}) => {{{' '.join([*lines, f'return {shown};'])}}}"


def _flat(name: str, expressions: Any) -> list[sp.Basic]:
    if isinstance(expressions, sp.MatrixBase | tuple | list | sp.Tuple):
        return [one for part in expressions for one in _flat(name, part)]
    if isinstance(expressions, int | float) and not isinstance(expressions, bool):
        expressions = sp.sympify(expressions, strict=True)
    check_kind(f"what {name} computes", expressions, sp.Expr, sp.logic.boolalg.Boolean)
    if expressions.has(sp.I, sp.nan, sp.zoo):
        raise ValueError(f"{name} must be real, got {expressions!s:.80}")
    return [expressions]


def _nested(expressions: Any, printed: Any) -> str:
    """The results in the shape of the expressions."""
    if isinstance(expressions, sp.MatrixBase):
        rows = (", ".join(next(printed) for _ in range(expressions.cols)) for _ in range(expressions.rows))
        return "[" + ", ".join(f"[{row}]" for row in rows) + "]"
    if isinstance(expressions, tuple | list | sp.Tuple):
        return "[" + ", ".join(_nested(one, printed) for one in expressions) + "]"
    return str(next(printed))


def _printed(name: str, expression: sp.Basic) -> str:
    try:
        return " ".join(str(_Printer({"precision": 17}).doprint(expression)).split())
    except NotImplementedError as unknown:
        reason = str(unknown).splitlines()[0]
        raise ValueError(f"{name} cannot be printed as JavaScript: {reason}") from None


def _name(name: object) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name in _TAKEN:
        raise ValueError(f"JavaScript cannot call something {name!r:.40}")
    return name

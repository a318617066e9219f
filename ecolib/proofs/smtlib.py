"""Questions in SMT-LIB 2, the common language of solvers.

A **query** asserts statements and asks whether some point of real numbers obeys them all; the answer "unsat" says
that none does. sympy's own SMT-LIB printer writes the text. What polynomials need and it lacks is filled in here:
powers become products, negative numbers and fractions become ``(- 2)`` and ``(/ 1 3)``, and names that a solver
would misread are replaced.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy as sp
from sympy.logic.boolalg import Boolean
from sympy.printing.smtlib import SMTLibPrinter

from ecolib.proofs.statements import Point, obeys

__all__ = ["Query", "names_of"]

_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_RESERVED = re.compile(
    "abs|and|as|assert|choice|const|cos|declare|define|distinct|div|divisible|e|euler|exists|exp|extract|false|forall|"
    "iand|if|iff|implies|is|is_int|ite|lambda|let|log|map|match|max|min|mod|nil|not|or|par|pi|pow|root|select|seq|set|"
    "sin|sqrt|store|tan|to_int|to_real|true|tuple|unit|xor|Array|BINARY|Bool|DECIMAL|HEXADECIMAL|Int|List|NUMERAL|"
    "Real|Seq|Set|STRING|String"
)


class _Printer(SMTLibPrinter):  # type: ignore[misc]
    """sympy's printer with the numbers, powers and names that solvers of polynomial arithmetic read."""

    def __init__(self, names: Mapping[sp.Symbol, str]) -> None:
        super().__init__()
        self.names = names

    def _print_Symbol(self, x: sp.Symbol) -> str:
        return self.names[x]

    def _print_Integer(self, x: sp.Integer) -> str:
        return str(x.p) if x.p >= 0 else f"(- {-x.p})"

    def _print_Rational(self, x: sp.Rational) -> str:
        return f"(/ {x.p} {x.q})" if x.p >= 0 else f"(- (/ {-x.p} {x.q}))"

    def _print_Pow(self, x: sp.Pow) -> str:
        return str(self._s_expr("*", [x.base] * int(x.exp)))

    def _print_Equivalent(self, x: sp.Equivalent) -> str:
        return str(self._s_expr("=", x.args))


@dataclass(frozen=True)
class Query:
    """Does any point obey these statements?

    Args:
        letters: every letter that a point must give a number.
        statements: pairs of a remark and the statement asserted under it.
        heading: remarks for the first lines.

    Example:
        >>> x = sp.Symbol("x", real=True)
        >>> print(Query((x,), (("hypothesis", x > 1), ("claim, denied", sp.Not(x**2 > 1, evaluate=False)))).text())
        (set-logic QF_NRA)
        (declare-const x Real)
        ; hypothesis
        (assert (> x 1))
        ; claim, denied
        (assert (not (> (* x x) 1)))
        (check-sat)
    """

    letters: tuple[sp.Symbol, ...]
    statements: tuple[tuple[str, Boolean], ...]
    heading: str = ""

    @cached_property
    def names(self) -> dict[sp.Symbol, str]:
        """The name of each letter in the text."""
        return names_of(self.letters)

    def text(self, listed: Collection[sp.Symbol] = (), numbers: Sequence[sp.Rational] = ()) -> str:
        """The query in SMT-LIB; ``listed`` letters are confined to the given numbers."""
        printer = _Printer(self.names)
        lines = [*map(_remark, self.heading.splitlines()), "(set-logic QF_NRA)"]
        for letter, name in self.names.items():
            lines += [_remark(f"{name} stands for {letter.name}")] if name != letter.name else []
            lines.append(f"(declare-const {name} Real)")
        for remark, statement in self.statements:
            lines += [_remark(remark), f"(assert {printer.doprint(statement)})"]
        for name in (self.names[letter] for letter in self.letters if letter in listed):
            lines.append(f"(assert (or {' '.join(f'(= {name} {printer.doprint(n)})' for n in numbers)}))")
        return "\n".join([*lines, "(check-sat)"])

    def obeyed_by(self, point: Point) -> bool:
        """Whether the point obeys every statement, by substitution and not by a solver."""
        return all(obeys(statement, point) for _, statement in self.statements)


def names_of(letters: Sequence[sp.Symbol]) -> dict[sp.Symbol, str]:
    """The name of each letter in a query: its own where every solver reads it as a name, else ``letter_1``, ...

    Example:
        >>> names_of(sp.symbols("phi lambda", real=True))
        {phi: 'phi', lambda: 'letter_1'}
    """
    own = {letter.name for letter in letters}
    spare = (name for name in (f"letter_{k}" for k in range(1, 2 * len(own) + 1)) if name not in own)
    return {letter: letter.name if _is_safe(letter.name) else next(spare) for letter in letters}


def _is_safe(name: str) -> bool:
    return bool(_PLAIN_NAME.fullmatch(name)) and not _RESERVED.fullmatch(name)


def _remark(text: str) -> str:
    return "; " + " ".join(text.encode("ascii", "backslashreplace").decode().split())

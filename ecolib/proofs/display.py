"""Points and tables for the reader: plain text, and Markdown with formulas."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from ecolib.proofs.statements import Point

__all__ = ["in_letters", "plain", "table"]


def plain(point: Point) -> str:
    """The point as text.

    Example:
        >>> plain({sp.Symbol("phi_0"): sp.Rational(1, 2)})
        'phi_0 = 1/2'
    """
    return ", ".join(f"{letter} = {value}" for letter, value in point.items())


def in_letters(point: Point) -> str:
    r"""The point in formulas, one for each letter, so that a line may break between them.

    Example:
        >>> print(in_letters({sp.Symbol("phi_0"): sp.Rational(1, 2)}))
        $\phi_{0} = \frac{1}{2}$
    """
    return ", ".join(f"${sp.latex(letter)} = {sp.latex(value)}$" for letter, value in point.items())


def table(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    """A Markdown table of two columns; the first may hold any text."""
    lines = (f"| {left.replace('|', '&#124;')} | {right} |" for left, right in (head, (":--", ":--"), *rows))
    return "\n".join(lines)

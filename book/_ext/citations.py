"""Cite as the literature of the field does: May and Leonard (1975), and (May, 1972) in brackets."""

from dataclasses import dataclass, field
from typing import Any

from sphinx.application import Sphinx
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle


def round_brackets() -> BracketStyle:
    """Return a pair of round brackets."""
    return BracketStyle(left="(", right=")")


@dataclass
class RoundBrackets(AuthorYearReferenceStyle):
    """Author and year, with round instead of square brackets."""

    bracket_parenthetical: BracketStyle = field(default_factory=round_brackets)
    bracket_textual: BracketStyle = field(default_factory=round_brackets)
    bracket_author: BracketStyle = field(default_factory=round_brackets)
    bracket_label: BracketStyle = field(default_factory=round_brackets)
    bracket_year: BracketStyle = field(default_factory=round_brackets)


def setup(_app: Sphinx) -> dict[str, Any]:
    """Register the style under the name that _config.yml uses."""
    register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year_round", RoundBrackets)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

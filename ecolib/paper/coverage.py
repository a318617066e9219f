"""The coverage of the source paper: every paragraph, what it says, and which claims of the ledger it feeds.

A **paragraph** is found by its section, its number there and its first characters. It makes one or several
**points**, in our words; a point feeds claims, or a reason says why it makes none that could be formalised.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ecolib.doors import check_word, words

__all__ = ["Paragraph", "Point", "Section", "coverage"]


@dataclass(frozen=True)
class Point:
    """What a paragraph says, one thing at a time.

    Attributes:
        says: the point in our words.
        claims: ids of the claims it feeds.
        reason: why it feeds none; empty when it feeds some.

    Raises:
        ValueError: unless it has either claims or a reason.
    """

    says: str
    claims: tuple[str, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        for name in ("says", "reason"):
            check_word(name, getattr(self, name))
        object.__setattr__(self, "claims", words("claims", self.claims))
        if bool(self.claims) == bool(self.reason):
            raise ValueError(f"a point must have either claims or a reason, got {self.claims} and {self.reason!r}")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the paper.

    Attributes:
        opening: its first characters.
        points: what it says.
    """

    opening: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Section:
    """One section of the paper.

    Attributes:
        id: its number, such as "2.1"; "abstract" for the abstract.
        title: its title in our words.
        terms: the paper's Chinese terms.
        paragraphs: in its order.
    """

    id: str
    title: str
    terms: str
    paragraphs: tuple[Paragraph, ...]


@cache
def coverage() -> tuple[Section, ...]:
    """All sections of the source paper, in its order.

    Example:
        >>> section = coverage()[-2]
        >>> section.id, [point.claims for point in section.paragraphs[0].points]
        ('4.4', [(), ('C27',), ('C27',), ('C27',)])
    """
    data = tomllib.loads(files("ecolib.paper").joinpath("coverage.toml").read_text(encoding="utf-8"))
    return tuple(
        Section(
            one["id"],
            one["title"],
            one["terms"],
            tuple(
                Paragraph(paragraph["opening"], tuple(Point(**point) for point in paragraph["points"]))
                for paragraph in one["paragraph"]
            ),
        )
        for one in data["section"]
    )

"""What references can point at: the labels, titles, cited works and recorded numbers of all pages."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plain.works import Works

KINDS = {"figure": "Figure", "table": "Table", "exercise": "Exercise", "equation": "", "code-block": "Listing"}


@dataclass(frozen=True)
class Target:
    """A thing with a label.

    Attributes:
        page: the page it stands on, ``07_analytical``
        name: what a reader calls it: ``Proposition 7.2``, ``(7.4)``; of a section, its title
        title: its own title or caption, which may be empty
    """

    page: str
    name: str
    title: str


@dataclass
class Book:
    """All pages of the book, as far as references need them."""

    folder: Path
    works: Works
    record: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    notebooks: frozenset[str] = frozenset()
    strict: bool = False

    def find(self, label: str) -> Target | None:
        """Return the target of a label; while labels are still being collected an unknown one is no error."""
        if self.strict and label not in self.targets:
            raise LookupError(f"no target for the label {label!r}")
        return self.targets.get(label)

    def title(self, page: str) -> str:
        """Return the first heading of a page."""
        if self.strict and page not in self.titles:
            raise LookupError(f"no page {page!r}")
        return self.titles.get(page, page)


@dataclass
class Page:
    """One page while it is being turned: its counters, the works it cites, its footnotes."""

    book: Book
    name: str
    counters: Counter[str] = field(default_factory=Counter)
    cited: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    noted: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    solving: bool = False  # between the start and the end of a solution that holds cells

    def number(self, kind: str) -> str:
        """Return the next number of a kind, with the chapter in front: ``7.2``."""
        self.counters[kind] += 1
        chapter = re.match(r"(\d\d)_", self.name)
        return f"{int(chapter[1])}.{self.counters[kind]}" if chapter else str(self.counters[kind])

    def register(self, label: str | None, name: str, title: str = "") -> None:
        """Make the labels that wait in front of a thing, and its own, point at it."""
        for one in [*self.pending, *([label] if label else [])]:
            self.book.targets[one] = Target(self.name, name, title)
        self.pending.clear()

    def link(self, text: str, page: str) -> str:
        """Return a link to the notebook of another page; of a page that has none, the text in italics."""
        if page == self.name:
            return text
        return f"[{text}]({page}.ipynb)" if page in self.book.notebooks else f"*{text}*"

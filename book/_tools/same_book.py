"""Compare two builds of the book: the same pages, no id lost, the same words, numbers and formulas.

Used on the book as Jupyter Book and as plain Sphinx build it: `same_book.py _build/html _build/next/html`. Ids that
docutils counts up by itself (``id7``) are left out, as is what surrounds the article of a page. Ids may be added:
newer versions of MyST give every heading one more. The two builds may be of different versions of Python: rounding
errors and run times do not count.
"""

import re
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path

DISPLAYED = re.compile(r"\\\[|\\\]|\\(?:begin|end)\{split\}")
LONG = re.compile(r"\d+\.\d{9,}(?:e[-+]?\d+)?|\d+(?:\.\d+)?e-\d+")
RUN_TIME = re.compile(r"\bunder \d+ s\b")
DIGITS, TINY = 9, 1e-12
COUNTED = re.compile(r"id\d+")
INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "kbd", "q", "small", "span", "strong", "sub", "sup", "wbr"}
NOT_TEXT = {"script", "style", "button"}
OUTSIDE = ("_static", "_sources", "genindex", "search")
OF_THE_RUN = "reproducibility.html"
"""A page about one run on one machine."""


def rounded(number: re.Match[str]) -> str:
    """Return a number to some digits; what is next to zero, as zero.

    >>> [LONG.sub(rounded, text) for text in ("7.10", "0.24121779859484777", "2e-15", "1.25e-05")]
    ['7.10', '0.241217799', '0', '1.25e-05']
    """
    value = float(number[0])
    return f"{value if abs(value) > TINY else 0:.{DIGITS}g}"


class Article(HTMLParser):
    """The ``ids`` and the ``words`` of the article of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self._text: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(page)
        self.close()

    @property
    def words(self) -> list[str]:
        """The words of the text, formulas as they are typed, numbers without rounding errors."""
        text = DISPLAYED.sub(r" \g<0> ", "".join(self._text))
        return RUN_TIME.sub("in some time", LONG.sub(rounded, text)).split()

    @property
    def _inside(self) -> bool:
        return any(tag == "article" for tag, _ in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an id; enter an element."""
        given = {name: value or "" for name, value in attrs}
        if self._inside and not COUNTED.fullmatch(given.get("id", "id0")):
            self.ids.add(given["id"])
        self._gap(tag)
        self._open.append((tag, tag in NOT_TEXT or "headerlink" in given.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, with those inside it that have no end."""
        self._gap(tag)
        while any(tag == one for one, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def _gap(self, tag: str) -> None:
        """A word ends where a block does."""
        self._text += [" "] * (tag not in INLINE)

    def handle_data(self, data: str) -> None:
        """Gather text."""
        if self._inside and not any(silent for _, silent in self._open):
            self._text.append(data)


def pages(root: Path) -> dict[str, Path]:
    """Return the pages of a build, by their address."""
    found = ((path.relative_to(root).as_posix(), path) for path in sorted(root.rglob("*.html")))
    return {name: path for name, path in found if not name.startswith(OUTSIDE)}


def differences(old: Path, new: Path) -> Iterator[str]:
    """Yield a sentence for each difference between two builds."""
    first, second = pages(old), pages(new)
    if not first:
        yield f"{old} has no pages"
    yield from (f"{name}: only in {old}" for name in first if name not in second)
    yield from (f"{name}: only in {new}" for name in second if name not in first)
    for name in sorted(first.keys() & second.keys() - {OF_THE_RUN}):
        one, other = (Article(path.read_text(encoding="utf-8")) for path in (first[name], second[name]))
        yield from (f"{name}: id {lost!r} only in {old}" for lost in sorted(one.ids - other.ids))
        yield from (f"{name}: {change}" for change in changes(one.words, other.words))


def changes(old: list[str], new: list[str]) -> Iterator[str]:
    """Yield what was replaced in a text.

    >>> list(changes("see Figure 7.2 here".split(), "see Figure 7.3 here".split()))
    ["'7.2' became '7.3' after 'see Figure'"]
    """
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if old != new else ():
        if tag != "equal":
            before = " ".join(old[max(0, a - 6) : a])
            yield f"{' '.join(old[a:b])!r} became {' '.join(new[c:d])!r} after {before!r}"


def stale(old: Path, new: Path) -> list[str]:
    """Return the pages of which two builds have different sources."""
    sources = sorted((new / "_sources").glob("*.md"))
    return [path.name for path in sources if not same(old / "_sources" / path.name, path)]


def same(one: Path, other: Path) -> bool:
    """Return whether two files exist and hold the same."""
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def main(old: Path, new: Path) -> str | None:
    """Print that two builds are the same, or that they cannot be compared; return the differences."""
    if found := stale(old, new):
        print(f"Not compared with {old}, which is not of these sources (make book writes it): {', '.join(found)}")
        return None
    if found := list(differences(old, new)):
        return "\n".join(found)
    print(f"{len(pages(new))} pages are the same as in {old}")
    return None


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))

"""Cited works: author and year in the text, full entries at the end of a notebook."""

from pathlib import Path
from typing import Any

from pybtex.backends.markdown import Backend
from pybtex.database import Entry, parse_file
from pybtex.richtext import Text
from pybtex.style.formatting.plain import Style


class Readable(Backend):  # type: ignore[misc]
    """Markdown in which punctuation is not escaped."""

    def format_str(self, text: str) -> str:
        """Return the text as it is."""
        return text


class Works:
    """The entries of a BibTeX file."""

    def __init__(self, path: Path) -> None:
        self.entries: dict[str, Any] = dict(parse_file(str(path), bib_format="bibtex").entries)

    def authors(self, key: str) -> str:
        """Return ``May``, ``May and Leonard`` or ``Vano et al.``."""
        people = self.entries[key].persons.get("author") or self.entries[key].persons["editor"]
        names = [str(Text.from_latex(" ".join(person.prelast_names + person.last_names))) for person in people]
        return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)

    def year(self, key: str) -> str:
        """Return the year."""
        return str(self.entries[key].fields["year"])

    def listing(self, keys: list[str]) -> str:
        """Return the entries as a Markdown list, ordered by author and year."""
        return "\n".join(f"- {self._entry(self.entries[key])}" for key in sorted(set(keys), key=self.order))

    def order(self, key: str) -> tuple[str, str, str]:
        """Return what works are sorted by: author, year, key."""
        return self.authors(key), self.year(key), key

    @staticmethod
    def _entry(entry: Entry) -> str:
        formatted = next(iter(Style().format_entries([entry])))
        return str(formatted.text.render(Readable())).replace("\n", " ")

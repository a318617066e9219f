"""The coverage of the source paper in MyST Markdown: section by section, paragraph by paragraph, point by point."""

import re
import tomllib
from typing import Any

from execution_cache import package_folder

Part = dict[str, Any]


def read() -> list[Part]:
    """Return the sections of the paper from the package; of a package without them, none."""
    path = package_folder() / "paper" / "coverage.toml"
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["section"]) if path.is_file() else []


def sections() -> str:
    """Return the text of all sections."""
    return "\n\n".join(section_of(section) for section in read())


def section_of(section: Part) -> str:
    """Return the text of one section: a numbered list of paragraphs."""
    number = section["id"] if section["id"][0].isdigit() else ""
    title = f"## {number} {section['title']} ({section['terms']})".replace("##  ", "## ")
    return "\n\n".join([f"(coverage-{slug(section['id'])})=\n{title}", *map(paragraph, section["paragraph"])])


def paragraph(given: Part) -> str:
    """Return one paragraph: how it begins, and its points."""
    return "\n".join([f"1. {escaped(given['opening'])}…", *(f"   - {point(one)}" for one in given["points"])])


def point(given: Part) -> str:
    """Return one point, with links to its claims or with its reason."""
    links = ", ".join(f"{{ref}}`{claim} <{claim.lower()}>`" for claim in given.get("claims", ()))
    return f"{escaped(given['says'])} " + (f"Feeds {links}." if links else f"*No claim. {escaped(given['reason'])}*")


def escaped(text: str) -> str:
    r"""Return plain text for Markdown.

    >>> print(escaped("a_1 < s*"))
    a\_1 \< s\*
    """
    return re.sub(r"([\\`*_{}\[\]<>$|])", r"\\\1", text)


def slug(section: str) -> str:
    """Return the part of a label that stands for a section.

    >>> slug("2.1")
    '2-1'
    """
    return section.replace(".", "-")

"""The claims ledger of the package, and its entries in MyST Markdown."""

import tomllib
from collections.abc import Callable
from typing import Any

from chapter_numbers import chapter_of
from coverage_page import escaped, slug
from execution_cache import package_folder

Entry = dict[str, Any]
Link = Callable[[str, str], str]

PARTS = {"1": "Introduction", "2": "Construction", "3": "Evolution", "4": "Policy"}
"""The sections of the paper; a claim of several is listed with the last."""


def read() -> dict[str, Entry]:
    """Return the ledger of the package, by claim; of a package without one, an empty ledger."""
    path = package_folder() / "paper" / "claims.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def entries() -> str:
    """Return the text of all entries, under headings for the sections of the paper."""
    blocks, last = [], ""
    for claim, entry in read().items():
        part = entry["paper"].rpartition(",")[2].strip()[0]
        if part != last:
            blocks.append(f"## {PARTS[part]} (section {part})")
        blocks.append(entry_of(claim, entry))
        last = part
    return "\n\n".join(blocks)


def entry_of(claim: str, entry: Entry) -> str:
    """Return the text of one entry: claim, verdict, conditions, evidence."""
    verdict = entry["verdict"]
    terms = f"; {entry['terms']}" if "terms" in entry else ""
    sections = ", ".join(f"{{ref}}`{one} <coverage-{slug(one)}>`" for one in entry["paper"].split(", "))
    parts = [
        f"({claim.lower()})=\n### {claim}: {verdict}",
        f"{escaped(entry['claim'])} (Section {sections}{terms}.)",
        f"**Verdict: {verdict}.** {escaped(entry['conditions'])}",
        "\n".join(lines_of(claim, entry, READ)),
    ]
    if lines := lines_of(claim, entry, RUN):
        parts.append("\n".join([":::{admonition} Propositions, code and tests", ":class: dropdown", *lines, ":::"]))
    return "\n\n".join(part for part in parts if part)


def lines_of(claim: str, entry: Entry, kinds: dict[str, tuple[str, Link]]) -> list[str]:
    """Return one line of links for each kind of evidence that the entry has."""
    return [
        f"- {word}: " + ", ".join(link(claim, name) for name in entry[kind])
        for kind, (word, link) in kinds.items()
        if entry.get(kind)
    ]


def chapter(claim: str, name: str) -> str:
    """Return a link to the verdict box of a chapter."""
    number = chapter_of(name)
    return f"{{ledger:verdict}}`{f'chapter {number[0]}' if number else name} <{claim} {name}>`"


def source(_claim: str, name: str) -> str:
    """Return a link to a listing; of a test, its file and what it says."""
    file, _, function = name.partition("::")
    shown = f"{file.rpartition('/')[2]}: {function}" if function else name
    return f"{{ledger:source}}`{shown} <{name}>`"


def plain(role: str) -> Link:
    """Return how a role links a label."""
    return lambda _claim, name: f"{{{role}}}`{name}`"


def proposition(_claim: str, name: str) -> str:
    """Return a link to the appendix."""
    return f"{{ref}}`{name} <proposition-{name}>`"


READ: dict[str, tuple[str, Link]] = {
    "chapter": ("Verdict", chapter),
    "statement": ("Statements", plain("prf:ref")),
    "figure": ("Figures", plain("numref")),
}
RUN: dict[str, tuple[str, Link]] = {
    "propositions": ("Propositions that solvers prove", proposition),
    "code": ("Code", source),
    "condition": ("Code that decides the conditions", source),
    "test": ("Tests", source),
    "counterexample": ("Tests that compute counterexamples", source),
}
"""Evidence to read, and evidence to run."""

"""Links from the chapters back to the claims ledger: from verdict boxes, statements and figures."""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref

from ledger_page import Entry

BOX = re.compile(r"Verdict on (C\d\d)\b")
KEY = re.compile(r'\["(\w+)"\]')
QUOTED = re.compile(r'"(\w+)"')
WITH_UNDERSCORE = re.compile(r"\b[a-z]\w*_\w+\b")
EVIDENCE = ("statement", "figure")


def names_in(doctree: nodes.document) -> Iterator[str]:
    """Yield what may be names of propositions: words with an underscore in the text, words in quotes in listings.

    A single word in the text, such as path, may be a variable; in a listing it counts as a key, ``["path"]``.
    """
    for node in doctree.findall(nodes.literal):
        yield from WITH_UNDERSCORE.findall(node.astext())
    for listing in doctree.findall(nodes.literal_block):
        yield from KEY.findall(listing.astext())
        yield from WITH_UNDERSCORE.findall(" ".join(QUOTED.findall(listing.astext())))


def classes(entry: Entry) -> list[str]:
    """Return what the filter of the page reads: the verdict, and the sections of the paper."""
    sections = [f"paper-{section.strip().replace('.', '-')}" for section in entry["paper"].split(",")]
    return [f"verdict-{entry['verdict'].replace(' ', '-')}", *sections]


def names(entry: Entry) -> set[str]:
    """Return the ids of the statements and figures of an entry."""
    return {nodes.make_id(label) for kind in EVIDENCE for label in entry.get(kind, ())}


def labels(node: nodes.Element) -> set[str]:
    """Return the ids of a statement or a figure."""
    return set(node["ids"]) if isinstance(node, nodes.figure) or "proof" in node.get("classes", []) else set()


def mark_box(box: nodes.admonition, ledger: dict[str, Entry]) -> str:
    """Give a verdict box its id and its link; return its claim."""
    title = box.next_node(nodes.title)
    found = BOX.match(title.astext()) if title else None
    if not found or found[1] not in ledger:
        return ""
    box["ids"].append(f"verdict-{found[1].lower()}")
    box += nodes.paragraph(
        "", "All evidence: ", to_claim(found[1], f"{found[1]} in the claims ledger"), nodes.Text(".")
    )
    return found[1]


def mark_evidence(node: nodes.Element, cited: list[str]) -> None:
    """Say at the end of a statement or a caption which claims it is evidence for."""
    links: list[nodes.Node] = []
    for claim in cited:
        links += [nodes.Text(", " if links else "Evidence for "), to_claim(claim, claim)]
    inline = nodes.inline("", "", *links, nodes.Text("."), classes=["evidence-for"])
    caption = node.next_node(nodes.caption)
    if isinstance(node, nodes.figure) and caption is not None:
        caption += [nodes.Text(" "), inline]
    elif not isinstance(node, nodes.figure):
        (node.next_node(nodes.section) or node).append(nodes.paragraph("", "", inline))


def to_claim(claim: str, text: str) -> pending_xref:
    """Return a link to the entry of a claim."""
    attributes = {"refdomain": "std", "reftype": "ref", "refexplicit": True, "refwarn": True}
    return pending_xref("", nodes.inline("", text), reftarget=claim.lower(), **attributes)

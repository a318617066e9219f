"""The claims ledger as a page, and links both ways between its entries and the chapters.

The package keeps the ledger as data, ``ecolib/paper/claims.toml``. On the page that holds the line ``% claims ledger``
the entries are written out, each under the label of its claim, ``c21``; likewise, at ``% coverage of the paper``, what
each paragraph of the paper says and which claims it feeds. In the chapters a verdict box, a statement
and a figure that an entry names link back to the entry; so does every listing (see :mod:`listings`). The name of a
proposition, in the text of any page, links to its place in the appendix of propositions, which lists these pages.

Roles: ``{ledger:source}`` links a dotted name or a test to its listing, ``{ledger:verdict}`` a claim and a chapter
to the verdict box, ``{ledger:mentions}`` becomes the list of chapters that name a proposition.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from chapter_numbers import chapter_of
from coverage_page import sections
from execution_cache import package_folder
from ledger_links import classes, labels, mark_box, mark_evidence, names, names_in
from ledger_page import entries, read
from listings import page_of
from sources import locate

MARKS: dict[str, tuple[str, Callable[[], str]]] = {
    "% claims ledger": ("claims.toml", entries),
    "% coverage of the paper": ("coverage.toml", sections),
}
"""Line that marks a place on a page -> the data file, and what is written there."""


class Mentions(nodes.Inline, nodes.TextElement):
    """A place for the list of chapters that name a proposition."""


class MentionsRole(SphinxRole):
    """The role that marks such a place."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the place."""
        return [Mentions("", self.text)], []


class LedgerDomain(Domain):
    """What the ledger points at: verdict boxes, sources, mentions of propositions."""

    name = "ledger"
    label = "Claims ledger"
    roles = {"source": XRefRole(), "verdict": XRefRole(innernodeclass=nodes.inline), "mentions": MentionsRole()}  # noqa: RUF012, as Sphinx has it
    initial_data = {"boxes": {}, "names": {}, "lists": {}}  # noqa: RUF012

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        for kind in self.initial_data:
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over pages that another process read."""
        for kind in self.initial_data:
            self.data[kind] |= {name: otherdata[kind][name] for name in docnames if name in otherdata[kind]}

    def resolve_any_xref(self, *_: Any, **__: Any) -> list[tuple[str, nodes.Element]]:
        """Answer no reference without a type."""
        return []

    def resolve_xref(
        self,
        _env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        _node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element | None:
        """Return the link, or None when there is nothing at its end."""
        if typ == "verdict":
            claim, page = target.split()
            known = claim in self.data["boxes"].get(page, ())
            return make_refnode(builder, fromdocname, page, f"verdict-{claim.lower()}", contnode) if known else None
        if place := locate(target, package_folder().parent) if typ == "source" else None:
            page = page_of(place.file)
            link = make_refnode(builder, fromdocname, page, place.name or None, contnode)
            return link if builder.format == "html" else contnode  # only HTML has listings
        return None

    def pages_naming(self, proposition: str) -> Iterator[str]:
        """Yield the chapters that name a proposition."""
        for page in sorted(self.data["names"]):
            if chapter_of(page) and proposition in self.data["names"][page]:
                yield page


def write_out(app: Sphinx, _docname: str, source: list[str]) -> None:
    """Put the entries, or the coverage, where the page marks their place."""
    for mark, (file, text) in MARKS.items():
        if f"\n{mark}\n" in source[0]:
            app.env.note_dependency(str(package_folder() / "paper" / file))
            source[0] = source[0].replace(f"\n{mark}\n", f"\n{text()}\n")


def link_back(app: Sphinx, doctree: nodes.document) -> None:
    """Link verdict boxes and evidence to the ledger, and note what the page names."""
    ledger, domain, docname = read(), app.env.domaindata["ledger"], app.env.docname
    domain["boxes"][docname] = [mark_box(box, ledger) for box in doctree.findall(nodes.admonition)]
    domain["names"][docname] = set(names_in(doctree))
    domain["lists"][docname] = any(map(depends, doctree.findall(nodes.Element)))
    for claim, entry in ledger.items():
        for section in doctree.findall(nodes.section):
            if claim.lower() in section["ids"]:
                section["classes"] += ["claim", *classes(entry)]
    evidence = {claim: names(entry) for claim, entry in ledger.items()}
    for node in [node for node in doctree.findall(nodes.Element) if labels(node)]:
        if cited := [claim for claim in ledger if evidence[claim] & labels(node)]:
            mark_evidence(node, cited)


def depends(node: nodes.Element) -> bool:
    """Return whether a node is written from what other pages or the sources say."""
    return isinstance(node, Mentions) or (isinstance(node, pending_xref) and node["refdomain"] == "ledger")


def link_names(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Link the names of propositions to the appendix, and list there who names them."""
    places = app.env.domaindata["std"]["anonlabels"]
    for node in list(doctree.findall(nodes.literal)):
        page, anchor = places.get(f"proposition-{node.astext()}", (docname, ""))
        if page != docname and "_" in node.astext() and not isinstance(node.parent, nodes.reference):
            node.replace_self(make_refnode(app.builder, docname, page, anchor, node.deepcopy()))
    for place in list(doctree.findall(Mentions)):
        place.replace_self(list_of_pages(app, docname, place.astext()))


def list_of_pages(app: Sphinx, docname: str, proposition: str) -> nodes.inline:
    """Return links to the chapters that name a proposition."""
    domain, links = app.env.get_domain("ledger"), nodes.inline()
    for page in domain.pages_naming(proposition) if isinstance(domain, LedgerDomain) else ():
        links += [nodes.Text(", ")] * bool(links.children)
        text = nodes.inline("", f"chapter {chapter_of(page)[0]}")
        links += make_refnode(app.builder, docname, page, None, text)
    return links if links.children else nodes.inline("", "no chapter")


def outdated(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages to be written anew because another page or a cited source may have changed."""
    return sorted(page for page, lists in env.domaindata["ledger"]["lists"].items() if lists)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("listings")
    app.add_domain(LedgerDomain)
    app.add_node(Mentions)
    app.connect("source-read", write_out)
    app.connect("doctree-read", link_back)
    app.connect("doctree-resolved", link_names)
    app.connect("env-updated", outdated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

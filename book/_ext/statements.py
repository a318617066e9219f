"""Proofs with a title that folds, and statements without doubled ids.

sphinx-proof gives a proof no title, and sphinx-togglebutton needs one to fold it (``:class: dropdown``). Both
sphinx-proof and sphinx-exercise give the content of every statement the same id.
"""

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx_proof.nodes import proof_node

REPEATED = {"proof-content", "exercise-content", "solution-content"}


class Proof(SphinxDirective):
    """``{prf:proof}``, with the options of sphinx-proof."""

    has_content = True
    option_spec: ClassVar = {"class": directives.class_option}

    def run(self) -> list[nodes.Node]:
        """Return an admonition with the title Proof."""
        box = nodes.admonition(classes=["proof", *self.options.get("class", [])])
        box += nodes.title("", "Proof")
        self.state.nested_parse(self.content, self.content_offset, box)
        return [proof_node("", box)]


def drop_repeated_ids(_app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Remove the ids that every statement carries."""
    for section in doctree.findall(nodes.section):
        section["ids"] = [name for name in section["ids"] if name not in REPEATED]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("sphinx_proof")
    app.add_directive_to_domain("prf", "proof", Proof, override=True)
    app.connect("doctree-resolved", drop_repeated_ids)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

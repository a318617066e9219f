"""Directives: what stands for a fenced ``{name}`` block in plain Markdown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plain import maths, tables
from plain.book import KINDS, Page

STATEMENTS = ["algorithm", "assumption", "conjecture", "corollary", "definition", "example", "lemma"]
STATEMENTS += ["proposition", "remark", "theorem"]  # those that _config.yml numbers in one sequence
ADMONITIONS = ["attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning"]


@dataclass(frozen=True)
class Call:
    """A directive as it was written, and the function that renders what is inside it."""

    name: str
    argument: str
    options: dict[str, Any]
    flags: set[str]
    body: str
    page: Page
    render: Callable[[str, Page], str]

    @property
    def label(self) -> str | None:
        """Return the label, under either of its names."""
        label = self.options.get("label") or self.options.get("name")
        return str(label) if label else None

    @property
    def folds(self) -> bool:
        """Say whether the book shows it folded."""
        return "dropdown" in str(self.options.get("class", "")).split()

    @property
    def title(self) -> str:
        """Return the argument in plain Markdown."""
        return self.render(self.argument, self.page)

    @property
    def inside(self) -> str:
        """Return the body in plain Markdown."""
        return self.render(self.body, self.page)


def quote(text: str) -> str:
    """Return a block quotation."""
    return "\n".join(f"> {line}".rstrip() for line in maths.one_line(text).split("\n"))


def fold(summary: str, text: str) -> str:
    """Return a part that opens on a click."""
    return f"<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>"


def statement(call: Call) -> str:
    """Return a definition, proposition, ...; all of them share one sequence of numbers."""
    name = call.name.removeprefix("prf:").title()
    name += "" if "nonumber" in call.flags else f" {call.page.number('statement')}"
    call.page.register(call.label, name, call.title)
    return quote(f"**{name}**" + (f" ({call.title})" if call.argument else "") + f"\n\n{call.inside}")


def proof(call: Call) -> str:
    """Return a proof, folded where the book folds it."""
    return fold("Proof", call.inside) if call.folds else quote(f"**Proof.** {call.inside}")


def admonition(call: Call) -> str:
    """Return a box with a title."""
    title = call.title if call.name in {"admonition", "card", "grid-item-card"} else call.name.title()
    title = {"Seealso": "See also"}.get(title, title)
    text = f"{call.title}\n\n{call.inside}" if call.name in ADMONITIONS and call.argument else call.inside
    call.page.register(call.label, title, title)
    return fold(title, text) if call.folds else quote(f"**{title}**\n\n{text}")


def exercise(call: Call) -> str:
    """Return an exercise; of one whose content follows in cells, the heading."""
    name = f"Exercise {call.page.number('exercise')}"
    call.page.register(call.label, name, name)
    heading = f"### {name}" + (f" ({call.title})" if call.argument else "")
    return f"{heading}\n\n{call.inside}".rstrip()


def solution(call: Call) -> str:
    """Return a solution, folded unless its content follows in cells."""
    target = call.page.book.find(call.argument)
    heading = f"Solution to {target.name}" if target else "Solution"
    call.page.register(call.label, heading, heading)
    if call.name == "solution":
        return fold(heading, call.inside)
    call.page.solving = True
    return f"**{heading}**\n\n{call.inside}".rstrip()


def solution_end(call: Call) -> str:
    """End a solution that holds cells."""
    call.page.solving = False
    return ""


def figure(call: Call) -> str:
    """Return an image and its caption."""
    alt = str(call.options.get("alt", "")).replace("\n", " ")
    image = f"![{alt}](../book/{call.argument})"
    return f"{image}\n\n{caption(call.inside, call.label, call.page)}" if call.name == "figure" else image


def caption(text: str, label: str | None, page: Page, kind: str = "figure") -> str:
    """Register a figure or a table and return its numbered caption."""
    name = f"{KINDS[kind]} {page.number(kind)}"
    first, _, legend = text.partition("\n\n")
    page.register(label, name, " ".join(first.split()))
    return f"*{name}.* {' '.join(first.split())}" + (f"\n\n{legend}" if legend else "")


def table(call: Call) -> str:
    """Return a table, with its caption above it."""
    grid = tables.from_lists(call) if call.name == "list-table" else call.inside
    if not (call.argument or call.label):
        return grid
    return f"{caption(call.title, call.label, call.page, 'table')}\n\n{grid}"


def code(call: Call) -> str:
    """Return a listing."""
    above = ""
    if "caption" in call.options:
        above = caption(call.render(str(call.options["caption"]), call.page), call.label, call.page, "code-block")
    return f"{above}\n\n```{call.argument}\n{call.body}\n```".strip()


def formula(call: Call) -> str:
    """Return a displayed formula."""
    return maths.display(f"{call.argument}\n{call.body}", call.page, label=call.label)


def glossary(call: Call) -> str:
    """Return terms and what they mean as a bullet list."""
    terms = re.split(r"\n(?=\S)", call.body.strip())
    items = [[*term.split("\n", 1), ""][:2] for term in terms]
    return "\n".join(f"- **{term}**: {' '.join(call.render(text, call.page).split())}" for term, text in items)


DIRECTIVES: dict[str, Callable[[Call], str]] = {
    "admonition": admonition,
    **dict.fromkeys(ADMONITIONS, admonition),
    **dict.fromkeys([f"prf:{kind}" for kind in STATEMENTS], statement),
    **dict.fromkeys(["bibliography", "contents", "index", "exercise-end"], lambda _call: ""),
    **dict.fromkeys(["card", "grid-item-card"], admonition),
    **dict.fromkeys(["code", "code-block"], code),
    **dict.fromkeys(["div", "epigraph", "grid", "margin", "sidebar", "tab-set"], lambda call: call.inside),
    **dict.fromkeys(["dropdown", "toggle"], lambda call: fold(call.title or "More", call.inside)),
    **dict.fromkeys(["exercise", "exercise-start"], exercise),
    **dict.fromkeys(["figure", "image"], figure),
    "glossary": glossary,
    **dict.fromkeys(["list-table", "table"], table),
    "math": formula,
    "prf:proof": proof,
    **dict.fromkeys(["solution", "solution-start"], solution),
    "solution-end": solution_end,
    "tab-item": lambda call: f"**{call.title}**\n\n{call.inside}",
}


def render_directive(call: Call) -> str:
    """Return plain Markdown for one directive; a page without a notebook is read for its labels only."""
    if call.name not in DIRECTIVES and call.page.name not in call.page.book.notebooks:
        return ""
    if call.name not in DIRECTIVES:
        raise ValueError(f"no rule for the directive {{{call.name}}}; add one to book/_tools/plain/directives.py")
    return DIRECTIVES[call.name](call)

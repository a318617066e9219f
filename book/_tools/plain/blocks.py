"""Block by block: every MyST construct is replaced where it stands; plain Markdown is left as written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.directives import parse_directive_text
from myst_parser.parsers.mdit import create_md_parser

from plain import directives, maths
from plain.book import Page
from plain.inline import render_inline

EXTENSIONS = {"amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "tasklist"}
DROPPED = {"front_matter", "myst_line_comment", "myst_block_break", "myst_target"}


@dataclass(frozen=True)
class Edit:
    """Lines ``first`` up to ``last`` (not included) become ``text``; the block starts with ``marker``."""

    first: int
    last: int
    text: str
    marker: str = ""


class AnyDirective:
    """Stands in for the class of a directive: any option, a body."""

    option_spec = {"any": str}  # noqa: RUF012
    required_arguments = 0
    optional_arguments = 1
    has_content = True


@cache
def parser() -> MarkdownIt:
    """Return the parser of the book."""
    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)


def render(text: str, page: Page) -> str:
    """Return plain Markdown for MyST Markdown."""
    lines = text.split("\n")
    for edit in reversed(list(edits(parser().parse(text, {}), lines, page))):
        lines[edit.first : edit.last] = fitted(edit, lines[edit.first])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def fitted(edit: Edit, first_line: str) -> list[str]:
    """Return the new lines with the indent or the quoting marks of the block that they replace."""
    place = first_line.find(edit.marker) if edit.marker else 0
    lead = first_line[:place] if place > 0 else ""
    rest = re.sub(r"[^\s>]", " ", lead)
    text = maths.one_line(edit.text) if ">" in lead else edit.text
    return [(lead if number == 0 else rest) + line for number, line in enumerate(text.split("\n"))]


def edits(tokens: list[Token], lines: list[str], page: Page) -> Iterator[Edit]:
    """Yield the edits of a text in order, none inside another."""
    done = 0
    for place, token in enumerate(tokens):
        if token.map is None or token.map[0] < done or token.type == "inline":
            continue
        if (edit := block_edit(place, tokens, lines, page)) is not None:
            yield edit
            done = edit.last
        elif (here := inline_edit(place, tokens, lines, page)) is not None:
            yield here


def block_edit(place: int, tokens: list[Token], lines: list[str], page: Page) -> Edit | None:
    """Return the edit of one block construct, or None for plain Markdown."""
    token = tokens[place]
    first, last = token.map or (0, 0)
    while last > first + 1 and not lines[last - 1].strip():
        last -= 1
    if token.type in DROPPED:
        page.pending += [token.content] if token.type == "myst_target" else []
        return Edit(first, last, "")
    if token.type in {"fence", "colon_fence"}:
        found = re.match(r"\{([^}\s]+)\}\s*(.*)", token.info)
        return found and Edit(first, last, directive(found[1], found[2], token.content, page), token.markup)
    if token.type in {"math_block", "math_block_label"}:
        return Edit(first, last, maths.display(token.content, page, label=token.info or None), "$$")
    if token.type == "amsmath":
        return Edit(first, first + len(token.content.split("\n")), maths.environment(token.content, page), r"\begin")
    if token.type == "dl_open":
        return Edit(first, last, definitions(tokens[place:], lines, page))
    if token.type == "footnote_reference_open":
        body = re.sub(r"^\[\^[^\]]+\]:\s*", "", "\n".join(lines[first:last]))
        page.notes[token.meta["label"]] = " ".join(render(body, page).split())
        return Edit(first, last, "")
    return None


def inline_edit(place: int, tokens: list[Token], lines: list[str], page: Page) -> Edit | None:
    """Return the edit of the paragraph, heading or table row that opens here."""
    token = tokens[place]
    inside = tokens[place + 1 : place + 2] if token.type in {"paragraph_open", "heading_open"} else row(place, tokens)
    if not inside or token.map is None:
        return None
    first, last = token.map
    children = [child for one in inside for child in one.children or []]
    text = render_inline("\n".join(lines[first:last]), children, page)
    if token.type == "heading_open":
        name_section(text, token, page)
    return Edit(first, last, text)


def row(place: int, tokens: list[Token]) -> list[Token]:
    """Return the cells of the table row that opens here."""
    if tokens[place].type != "tr_open":
        return []
    end = next(number for number in range(place, len(tokens)) if tokens[number].type == "tr_close")
    return [token for token in tokens[place:end] if token.type == "inline"]


def name_section(text: str, token: Token, page: Page) -> None:
    """Register a heading: its labels point at it, and the first one is the title of the page."""
    title = text.lstrip("#").strip()
    page.register(None, title, title)
    if token.tag == "h1":
        page.book.titles.setdefault(page.name, title)


def definitions(tokens: list[Token], lines: list[str], page: Page) -> str:
    """Return a definition list as a bullet list."""
    items: list[str] = []
    for place, token in enumerate(tokens):
        if token.type == "dl_close" and token.level == tokens[0].level:
            break
        if token.type == "dt_open":
            items.append(f"- **{render_inline(tokens[place + 1].content, tokens[place + 1].children or [], page)}**:")
        elif token.type == "dd_open" and token.map:
            body = "\n".join(lines[slice(*token.map)])
            items[-1] += " " + " ".join(render(re.sub(r"^\s*:\s*", "", body), page).split())
    return "\n".join(items)


def directive(name: str, argument: str, content: str, page: Page) -> str:
    """Return plain Markdown for one directive."""
    parsed = parse_directive_text(AnyDirective, "", content, validate_options=False)  # type: ignore[arg-type]
    options: dict[str, Any] = {key: value for key, value in parsed.options.items() if value is not None}
    flags = {key for key, value in parsed.options.items() if value is None}
    body = "\n".join(parsed.body)
    return directives.render_directive(directives.Call(name, argument.strip(), options, flags, body, page, render))

"""Roles: what stands for ``{name}`content` `` in plain Markdown."""

import re
from collections.abc import Callable

from myst_nb.core.variables import format_plain_text

from plain.book import Page

Role = Callable[[str, Page], str]


def split(content: str) -> tuple[str | None, str]:
    """Split ``text <target>`` into text and target.

    >>> split("the model <eq-model>"), split("eq-model")
    (('the model', 'eq-model'), (None, 'eq-model'))
    """
    found = re.fullmatch(r"(.+?)\s*<(.+)>", content, re.DOTALL)
    return (found[1], found[2]) if found else (None, content.strip())


def ref(content: str, page: Page) -> str:
    """Return the title of what a label stands at, or the text given."""
    text, label = split(content)
    target = page.book.find(label)
    return page.link(text or target.title or target.name, target.page) if target else ""


def name_ref(content: str, page: Page) -> str:
    """Return ``Proposition 7.2`` or ``(7.4)``, or the text given."""
    text, label = split(content)
    target = page.book.find(label)
    return page.link(text or target.name, target.page) if target else ""


def numref(content: str, page: Page) -> str:
    """Return ``Figure 7.2``; in a text given, ``%s`` and ``{number}`` stand for the number."""
    text, label = split(content)
    target = page.book.find(label)
    if target is None:
        return ""
    number = target.name.rsplit(" ", 1)[-1]
    shown = (text or target.name).replace("%s", number).replace("{number}", number).replace("{name}", target.title)
    return page.link(shown, target.page)


def doc(content: str, page: Page) -> str:
    """Return the title of a page."""
    text, target = split(content)
    name = target.strip("/").removesuffix(".md")
    return page.link(text or page.book.title(name), name)


def cite(form: str) -> Role:
    """Return the role for one form of citation, and note the works that it cites."""

    def role(content: str, page: Page) -> str:
        works = page.book.works
        keys = sorted((key.strip() for key in content.split(",")), key=works.order)
        page.cited += keys
        if form == "author":
            return ", ".join(works.authors(key) for key in keys)
        if form == "year":
            return ", ".join(works.year(key) for key in keys)
        if form == "textual":
            return ", ".join(f"{works.authors(key)} ({works.year(key)})" for key in keys)
        return "(" + "; ".join(f"{works.authors(key)}, {works.year(key)}" for key in keys) + ")"

    return role


def glue(content: str, page: Page) -> str:
    """Return the recorded number in the form asked for."""
    where, _, rest = content.rpartition("::")
    key, _, form = rest.partition(":")
    source = where.removesuffix(".md").rsplit("/", 1)[-1] or page.name
    found = page.book.record.get(source, {}).get(key)
    if found is None and page.book.strict:
        raise LookupError(f"no number {key!r} of {source} on record; run: make notebooks")
    return format_plain_text(repr(found["value"]), form) if found else ""


def text_only(content: str, _page: Page) -> str:
    """Return the text."""
    text, target = split(content)
    return text or target


def tagged(tag: str) -> Role:
    """Return the role that wraps its content in an HTML element."""
    return lambda content, _page: f"<{tag}>{content}</{tag}>"


ROLES: dict[str, Role] = {
    "abbr": text_only,
    "cite": cite("parenthetical"),
    "cite:author": cite("author"),
    "cite:p": cite("parenthetical"),
    "cite:t": cite("textual"),
    "cite:year": cite("year"),
    "code": lambda content, _page: f"`{content}`",
    "doc": doc,
    "eq": name_ref,
    "glue:text": glue,
    "kbd": tagged("kbd"),
    "math": lambda content, _page: f"${content}$",
    "numref": numref,
    "octicon": lambda _content, _page: "",  # a picture beside words that say the same
    "prf:ref": name_ref,
    "ref": ref,
    "sub": tagged("sub"),
    "sup": tagged("sup"),
    "term": text_only,
}


def render_role(name: str, content: str, page: Page) -> str:
    """Return plain Markdown for one role."""
    if name not in ROLES:
        raise ValueError(f"no rule for the role {{{name}}}; add one to book/_tools/plain/roles.py")
    return ROLES[name](content, page)

"""Displayed formulas: ``$$ ... $$`` with the number of the book as a tag."""

import re

from plain.book import Page

INNER = {"align": "aligned", "alignat": "alignedat", "gather": "gathered", "multline": "gathered"}


def display(tex: str, page: Page, *, label: str | None = None, numbered: bool | None = None) -> str:
    """Return a formula; it has a number if it has a label, or if ``numbered`` says so."""
    tex = tex.strip()
    if r"\\" in tex and not re.search(r"\\begin\{", tex):
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    if label if numbered is None else numbered:
        number = page.number("equation")
        page.register(label, f"({number})")
        tex += rf" \tag{{{number}}}"
    return f"$$\n{tex}\n$$"


def environment(tex: str, page: Page) -> str:
    r"""Return a bare ``\begin{align} ... \end{align}``; without a star the book numbers it, as a whole."""
    found = re.fullmatch(r"\\begin\{(\w+)(\*?)\}(.*)\\end\{\1\2\}", tex.strip(), re.DOTALL)
    if found is None:
        raise ValueError(f"not one environment: {tex!r}")
    name, star, body = found[1], found[2], found[3].strip()
    inner = INNER.get(name)
    body = rf"\begin{{{inner}}}{body}\end{{{inner}}}" if inner else body
    return display(body, page, numbered=not star)


def one_line(text: str) -> str:
    r"""Put each formula on one line, since quoting would put marks inside it.

    >>> one_line("$$\na\nb\n$$")
    '$$a b$$'
    """
    return re.sub(r"\$\$\n(.+?)\n\s*\$\$", lambda found: f"$${' '.join(found[1].split())}$$", text, flags=re.DOTALL)

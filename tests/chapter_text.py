"""The text of the pages, taken apart: cells, prose, directives, glossary."""

import ast
import re
from pathlib import Path

import yaml

BOOK = Path(__file__).parents[1] / "book"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(BOOK.glob("*.md"))}
CHAPTERS = {name: text for name, text in PAGES.items() if re.match(r"\d\d_", name)}

CELL = re.compile(r"^(`{3,})\{code-cell\}[^\n]*\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"(`{3,}|:{3,})(?!:)[ ]*(\{[\w:-]+\})?(.*)")
OPTIONS = re.compile(r"\A(?:---\n(?P<block>.*?)^---\n|(?P<lines>(?::[\w-]+:[^\n]*\n)+))", re.MULTILINE | re.DOTALL)
DIRECTIVE = re.compile(r"^(?:`{3,}|:{3,})\{([\w:-]+)\}[ ]*([^\n]*)\n((?::[\w-]+:[^\n]*\n)*)", re.MULTILINE)
FOLDED = re.compile(
    r"^(`{3,}|:{3,})\{(?:prf:proof|solution)\}.*?^\1[ \t]*$|^[`:]{3,}\{solution-start\}.*?\{solution-end\}\n[`:]{3,}$",
    re.MULTILINE | re.DOTALL,
)


def cells(text):
    """Options and code of each cell."""
    for _, body in CELL.findall(text):
        found = OPTIONS.match(body)
        lines = re.sub(r"^:([\w-]+):", r"\1:", found["lines"] or "", flags=re.MULTILINE) if found else ""
        options = yaml.safe_load(found["block"] or lines) if found else {}
        yield options, body[found.end() :] if found else body


def recorded(text):
    """Names under which the cells of a page record results; ``None`` for a name that is not written out."""
    nodes = [node for _, body in cells(text) for node in ast.walk(ast.parse(body))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record"]
    return [getattr(call.args[0], "value", None) for call in calls]


def quoted(page):
    """Names of the results of a page that the text of this page or of another one quotes."""
    found = [(name, content) for name, text in PAGES.items() for content in re.findall(r"\{glue:\w+\}`([^`]+)`", text)]
    whole = [content if "::" in content else f"{name}::{content}" for name, content in found]
    return {content.split("::")[1].split(":")[0] for content in whole if content.split("::")[0] == page}


def prose(text):
    """What a reader reads: no code, no options, no labels; titles, captions and alternative texts stay."""
    text = re.sub(r"\A---\n.*?^---\n", "", text, count=1, flags=re.MULTILINE | re.DOTALL)
    shown = [option for cell, _ in cells(text) for option in _texts(cell.get("mystnb", {}))]
    text = DIRECTIVE.sub(r"\2\n", re.sub(r"^\([\w-]+\)=$", "", without_code(text), flags=re.MULTILINE))
    return "\n".join([text, *shown])


def without_code(text):
    """The text without its cells and listings, and without lines that close a directive."""
    kept, opened, code = [], [], None
    for line in text.splitlines():
        fence, name, rest = FENCE.fullmatch(line).groups() if FENCE.fullmatch(line) else ("", None, line)
        if code:
            code = None if line.strip() == code else code
        elif fence and not name and not rest and opened[-1:] == [fence]:
            opened.pop()
        elif fence and (name in (None, "{code-cell}", "{code-block}")):
            code = fence
        else:
            opened += [fence] * bool(fence)
            kept.append(line)
    assert [*opened, *filter(None, [code])] == [], "a block is not closed"
    return "\n".join(kept)


def _texts(options):
    return [str(value) for key, value in options.get("figure", {}).items() if key == "caption"] + [
        str(value) for key, value in options.get("image", {}).items() if key == "alt"
    ]


def words(text):
    """The prose without formulas, roles and marks."""
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]*(?:\n[^$\n]+)?\$", " ", prose(text), flags=re.DOTALL)
    text = re.sub(r"\{[\w:-]+\}`([^`<]*)[^`]*`|`[^`]*`|\]\([^)]*\)", r" \1 ", text)
    return re.findall(r"[A-Za-z][A-Za-z'’-]*", text)


def directives(text, name):
    """Title and options of each directive whose name matches."""
    return [(title.strip(), options) for kind, title, options in DIRECTIVE.findall(text) if re.fullmatch(name, kind)]


def glossary():
    """The terms and the sentence of each entry."""
    for block in re.findall(r"^```\{glossary\}\n(.*?)^```$", PAGES["glossary.md"], re.MULTILINE | re.DOTALL):
        for entry in block.strip().split("\n\n"):
            lines = entry.splitlines()
            yield [line for line in lines if line[0] != " "], " ".join(line.strip() for line in lines if line[0] == " ")

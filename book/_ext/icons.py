"""Icons of the theme as a font of those that pages use, in place of a script and three fonts of thousands.

The theme draws its icons with Font Awesome: a script of 1.5 MB that replaces elements by drawings, and fonts for the
marks that style sheets set. The fonts alone can draw both. Of the font that the theme installs, the glyphs in use are
kept (subset), and the style sheet loses the names of the others. Licence and copyright stay in font and style sheet;
the font has a name of its own, as its licence (SIL OFL 1.1, reserved name) asks of changed versions.
"""

import re
import shutil
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pydata_sphinx_theme
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

STATIC = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
SHEET, FONT = Path("styles", "pydata-sphinx-theme.css"), Path("vendor", "fontawesome", "webfonts", "fa-solid-900.ttf")
OWN_FONT, FAMILY = Path("vendor", "icons.woff"), "Compendium Icons"
FACE = f'@font-face{{font-display:block;font-family:"{FAMILY}";font-weight:900;src:url(../{OWN_FONT.as_posix()})}}'

NAMED = re.compile(r'((?:\.fa-[\w-]+:{1,2}before,?)+)\{content:"([^"]+)"\}')
MARK = re.compile(r'--pst-icon-[\w-]+:"\\?([^"]+)"')
OLD_FACE = re.compile(r"@font-face\{[^}]*font-family:Font Awesome[^}]*\}")
NAMES_OF_THE_FONT = {1: FAMILY, 3: FAMILY, 4: FAMILY, 6: "CompendiumIcons-Solid", 16: FAMILY}
"""Records of the font's table of names that tell what it is called; copyright and licence are others."""


def used(pages: Iterable[str]) -> set[str]:
    """Return the names of icons in pages.

    >>> sorted(used(['<i class="fa-solid fa-moon   fa-lg"></i>', '<i class="fas fa-file"></i>']))
    ['fa-file', 'fa-lg', 'fa-moon', 'fa-solid']
    """
    return {name for page in pages for name in re.findall(r"\bfa-[\w-]+", page)}


def sheet(text: str, names: set[str]) -> str:
    """Return the style sheet without the icons that are not used, and with the own font."""

    def kept(rule: re.Match[str]) -> str:
        return rule[0] if names & set(re.findall(r"fa-[\w-]+", rule[1])) else ""

    text = OLD_FACE.sub("", NAMED.sub(kept, text))
    text = re.sub(r'"Font Awesome 6 (?:Free|Brands)"|(?<=:)Font Awesome\\ 6 (?:Free|Brands)', f'"{FAMILY}"', text)
    return FACE + re.sub(r"\n?/\*# sourceMappingURL=.*?\*/", "", text)


def glyphs(text: str) -> set[int]:
    r"""Return the characters that the rules of a style sheet set in the font.

    >>> glyphs('.fa-a:before{content:"\\f0c9"}x{--pst-icon-bell:"\\f0f3"}') == {0xF0C9, 0xF0F3}
    True
    """
    written = [content for _, content in NAMED.findall(text)] + MARK.findall(text)
    return {_character(one) for one in written}


def _character(written: str) -> int:
    """The number of a character, written as itself or in the way of style sheets."""
    written = written.strip()
    return ord(written) if len(written) == 1 else int(written.lstrip("\\"), 16)


def subset(font: Path, characters: set[int]) -> bytes:
    """Return a font of these characters, compressed for the web."""
    made = TTFont(font, recalcTimestamp=False)
    chosen = Options(flavor="woff", layout_features=[], name_IDs=["*"], notdef_outline=True)
    cut = Subsetter(chosen)
    cut.populate(unicodes=characters)
    cut.subset(made)
    for record in made["name"].names:
        if record.nameID in NAMES_OF_THE_FONT:
            record.string = NAMES_OF_THE_FONT[record.nameID]
    made.flavor = "woff"
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def write_icons(static: Path, pages: Iterable[str], theme: Path = STATIC) -> None:
    """Write the style sheet and the font into the static folder of a built site.

    A theme that carries its font in another form keeps its own; the subset needs the plain one.
    """
    if not (theme / FONT).is_file():
        return
    text = sheet((theme / SHEET).read_text(encoding="utf-8"), used(pages))
    (static / SHEET).write_text(text, encoding="utf-8")
    (static / OWN_FONT).parent.mkdir(parents=True, exist_ok=True)
    (static / OWN_FONT).write_bytes(subset(theme / FONT, glyphs(text)))
    shutil.rmtree(static / FONT.parts[0] / FONT.parts[1], ignore_errors=True)

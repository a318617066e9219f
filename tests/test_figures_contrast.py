"""Every colour of the figures has the contrast that WCAG 2.2 asks for: 3 for lines and signs, 4.5 for text.

Figures are opaque white cards, also on a dark page. Colours named in the theme draw lines, signs and text; all others
fill areas, which are told apart by ink borders, labels and hatches, so what lies on a fill must stand out from it.
"""

import re
from pathlib import Path

import pytest
from matplotlib.colors import to_rgb
from test_figures_style import contrast

from ecolib import figures
from ecolib.figures import theme
from ecolib.figures.behaviour import COURSE_FILLS, PARADIGM_FILLS
from ecolib.figures.fills import MODE_COLOURS, REGIME_COLOURS, STAGE_COLOURS, Fill, fill_of
from ecolib.figures.policy import named_fills
from ecolib.figures.tipping import OUTCOMES

ROOT = Path(__file__).parents[1]
PAGES = {"light": "#ffffff", "dark": "#121212"}
LINE_ALPHA = re.compile(r"^(?!.*\bfill_between\b).*\balpha=(0\.\d+)", re.MULTILINE)  # a band behind lines may be pale
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


def colours_of(path):
    return set(COLOUR.findall(path.read_text(encoding="utf-8")))


SOURCES = sorted(Path(figures.__file__).parent.glob("*.py"))
LINES = colours_of(Path(theme.__file__)) - {theme.BACKGROUND}
AREAS = {colour for path in SOURCES for colour in colours_of(path)} - LINES - {theme.BACKGROUND}


def on_the_card(colour, alpha):
    return tuple(alpha * channel + 1 - alpha for channel in to_rgb(colour))


@pytest.mark.parametrize("colour", sorted(LINES))
def test_lines_and_signs_stand_out_on_the_card(colour):
    assert contrast(colour, theme.BACKGROUND) >= 3


def test_what_is_drawn_half_transparent_stands_out_as_well():
    used = {"crowds": theme.UNIT_COLOURS[:1], "layers": [theme.QUIET], "tipping": theme.UNIT_COLOURS}
    found = {path.stem: LINE_ALPHA.findall(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {name for name, alphas in found.items() if alphas} == set(used)
    for name, colours in used.items():
        blends = [on_the_card(colour, float(alpha)) for colour in colours for alpha in found[name]]
        assert min(contrast(blend, theme.BACKGROUND) for blend in blends) >= 3, name


@pytest.mark.parametrize("colour", sorted(AREAS))
def test_text_and_borders_stand_out_on_every_area(colour):
    assert contrast(theme.INK, colour) >= 4.5


def test_hatches_stand_out_on_their_areas():
    named = [fill_of(name) for family in (MODE_COLOURS, REGIME_COLOURS, STAGE_COLOURS) for name in family]
    fills = [*named, *COURSE_FILLS, *PARADIGM_FILLS, *OUTCOMES, *named_fills([*"ABCDEFGHI"])]
    hatched = {fill.colour for fill in fills if isinstance(fill, Fill) and fill.hatch}
    assert hatched
    assert {colour for colour in hatched if contrast(theme.HATCH, colour) < 3} == set()


@pytest.mark.parametrize("mode", PAGES)
def test_rules_and_links_of_the_pages_stand_out_in_both_modes(mode):
    style = (ROOT / "book" / "_static" / "compendium.css").read_text(encoding="utf-8")
    head = 'html[data-theme="dark"]' if mode == "dark" else "html"
    named = dict(
        re.findall(r"--compendium-(\w+): (#\w{6})", re.search(rf"^{re.escape(head)} {{(.*)}}", style, re.M)[1])
    )
    assert contrast(named["rule"], PAGES[mode]) >= 3
    assert contrast(named["link"], PAGES[mode]) >= 4.5


@pytest.mark.parametrize("mode", [0, 1], ids=PAGES)
def test_live_figures_stand_out_on_their_ground_in_both_modes(mode):
    style = (ROOT / "ecolib" / "explorer" / "scripts" / "style.css").read_text(encoding="utf-8")
    named = re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)", style)
    colours = {name: both[mode] for name, *both in named}
    ground = colours.pop("ground")
    assert {"ink", "quiet", "unit0", "unit1", "unit2", "unit3"} <= set(colours)
    assert min(contrast(colour, ground) for colour in colours.values()) >= 4.5

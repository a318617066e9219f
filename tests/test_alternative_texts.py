"""What stands for a figure where it is not seen: its kind, its axes, and what it shows."""

import re

import pytest
from chapter_text import PAGES, cells

KIND = re.compile(
    r"\b(?:charts?|maps?|portraits?|diagrams?|graph|plots|tables|strips|drawings|triangle)\b", re.IGNORECASE
)
AXES = re.compile(
    r"\bhorizontal\b.*\bvertical\b|\bvertical\b.*\bhorizontal\b|\bagainst\b|\bplane\b|\baxes\b|\bportraits? of\b"
    r"|\bhorizontal axis\b.*\brows?\b|\brows?\b.*\bhorizontal axis\b|\bcommon axis\b",
    re.IGNORECASE | re.DOTALL,
)
FINDING = re.compile(
    r"\b(?:rise|fall|cross|start|end|leave|lie|fill|meet|turn|climb|reach|lead|move|save|run|divide|fold|stand|bend"
    r"|lean|carry|stay|shoot|touch|show|are|is|has|have|coincide|jump|name|follow|narrow)(?:e?s)?\b",
)

ALTS = [
    (name, options["mystnb"]["image"]["alt"])
    for name, text in PAGES.items()
    for options, _ in cells(text)
    if "image" in options.get("mystnb", {})
]


def says_what_it_shows(alt):
    """The first sentence names the kind of figure; then the axes are named and something found is said."""
    first, _, rest = alt.partition(". ")
    return all((KIND.search(first), AXES.search(alt), FINDING.search(rest)))


@pytest.mark.parametrize(
    "alt",
    [
        "Outputs on the vertical axis against time on the horizontal axis. Both rise.",
        "Line chart of two outputs. Both rise.",
        "Line chart of output on the vertical axis against time on the horizontal axis.",
    ],
    ids=["no kind", "no axes", "no finding"],
)
def test_a_text_without_kind_axes_or_finding_is_refused(alt):
    assert not says_what_it_shows(alt)


@pytest.mark.parametrize(("page", "alt"), ALTS, ids=[f"{name}-{alt[:20]}" for name, alt in ALTS])
def test_a_text_names_kind_axes_and_finding(page, alt):
    assert says_what_it_shows(alt), page

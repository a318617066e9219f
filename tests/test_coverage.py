"""The coverage of the source paper: no paragraph is left out, and every claim comes from somewhere."""

import re
from pathlib import Path

import pytest

from ecolib.paper.claims import claims
from ecolib.paper.coverage import Point, coverage

SOURCE = Path(__file__).parents[2] / "shared" / "paper" / "source.txt"
PARAGRAPHS = [(section.id, one) for section in coverage() for one in section.paragraphs]
POINTS = [(section, point) for section, paragraph in PARAGRAPHS for point in paragraph.points]
NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}


def width(line):
    """The width of a printed line in characters of Chinese; references are raised and hardly count."""
    return sum(0.5 if one.isascii() and one.isalnum() else 1 for one in re.sub(r"\[[\d-]+\]", "", line))


def printed():
    """Section and beginning of every paragraph of the source, from its printed lines.

    A column is 20 characters wide and a paragraph begins with an indent of two; a line begins a paragraph when it is
    indented, or the line before it is short, and the line before it ends a sentence or is a title.
    """
    lines = ["".join(line.split()) for line in SOURCE.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line and (not line.isascii() or line.startswith("Abstract"))]
    section, titled, before = "abstract", True, ""
    for line in lines:
        chapter, part = re.match(r"([一二三四])、", line), re.match(r"\(([一二三四五])\)", line)
        if chapter or part:
            section = str(NUMBERS[chapter[1]]) if chapter else f"{section[0]}.{NUMBERS[part[1]]}"
            titled = True
        elif line.startswith(("图1", "Abstract")):
            yield section, line
            titled = False
        elif titled and not re.search("[,。]", line) and len(line) < 8:
            pass  # the end of a long title
        elif titled or (before.endswith("。") and (width(before) < 17 or width(line) < 18.6) and line[0] != "A"):
            yield section, line
            titled = False
        before = line


@pytest.mark.skipif(not SOURCE.is_file(), reason="the text of the source paper is not beside the repository")
def test_every_paragraph_of_the_paper_is_covered_in_order():
    found = list(printed())
    assert [section for section, _ in found] == [section for section, _ in PARAGRAPHS]
    for (_, line), (_, paragraph) in zip(found, PARAGRAPHS, strict=True):
        assert line.startswith(paragraph.opening)


def test_every_claim_comes_from_a_paragraph_and_every_claim_listed_exists():
    assert {claim for _, point in POINTS for claim in point.claims} == {claim.id for claim in claims()}


def test_a_claim_comes_from_the_sections_that_the_ledger_names():
    fed = {claim.id: {section for section, point in POINTS if claim.id in point.claims} for claim in claims()}
    for claim in claims():
        for section in claim.paper.split(", "):
            assert any(one == section or one.startswith(f"{section}.") for one in fed[claim.id]), claim.id


def test_openings_are_too_short_to_be_copies_and_points_are_sentences():
    for _, paragraph in PARAGRAPHS:
        assert len(re.findall(r"[\u4e00-\u9fff]", paragraph.opening)) < 12
        assert paragraph.points
    assert all(re.fullmatch(r"[A-Z].*[.?]", text) for _, p in POINTS for text in (p.says, p.reason) if text)


@pytest.mark.parametrize("given", [{}, {"claims": ["C01"], "reason": "None."}])
def test_a_point_has_either_claims_or_a_reason(given):
    with pytest.raises(ValueError, match="either claims or a reason"):
        Point("Something.", **given)

"""How chapters are written: the frame, the cells, the figures, the references, the words.

These tests read the text of the pages. That the pages build and their cells run is tested by building them.
"""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from chapter_text import BOOK, CHAPTERS, FOLDED, PAGES, cells, directives, glossary, prose, quoted, recorded, words
from pybtex.database import parse_file

from ecolib.paper.claims import claims

ROOT = Path(__file__).parents[1]
SOURCE = ROOT.parent / "shared" / "paper" / "source.txt"
FRAME = {"Learning objectives": "tip", "Prerequisites": "note", "Time": "note", "Key points": "tip"}

DRAWS = re.compile(r"\bplt\.(?:figure|subplots)\b|\bfigures\.(?:\w+_(?:diagram|map|portrait|series)|simplex)\(")
PLOTS = re.compile(r"^\s*(?:axe?s?|fig|figure|plt|figures)(?:\[.+\])?\.")
LIVE = re.compile(r"^explorer\.\w+\(\)$", re.MULTILINE)
COPIED = 12  # characters


def each(pages):
    return pytest.mark.parametrize("text", pages.values(), ids=pages)


@each(CHAPTERS)
def test_a_chapter_has_the_frame_in_order(text):
    number = re.search(r"^# (\d+) \S", text, re.MULTILINE)
    assert number, "the title begins with the number of the chapter"
    boxes = [title for title, _ in directives(text, "admonition") if title in FRAME]
    assert boxes == list(FRAME)
    places = [text.index(f"\n## {title}\n") for title in ("Exercises", "Further reading")]
    assert text.index(f"{{admonition}} {boxes[-1]}") < places[0] < places[1]


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_has_the_number_of_its_file(name):
    assert int(name[:2]) == int(re.search(r"^# (\d+) ", CHAPTERS[name], re.MULTILINE)[1])
    assert f"(ch-{name[:2]})=\n# " in CHAPTERS[name]


@each(CHAPTERS)
def test_boxes_of_one_kind_look_alike(text):
    for title, options in directives(text, "admonition"):
        wanted = "important" if title.startswith("Verdict") else FRAME.get(title)
        assert wanted is None or f":class: {wanted}\n" in options, title


@each(CHAPTERS)
def test_a_chapter_has_three_exercises_each_with_a_folded_solution(text):
    exercises = directives(text, "exercise(-start)?")
    labels = [re.search(r":label: (\S+)", options)[1] for _, options in exercises]
    solutions = directives(text, "solution(-start)?")
    assert len(labels) == 3
    assert [target for target, _ in solutions] == labels
    assert all(":class: dropdown\n" in options for _, options in solutions)
    assert [re.match(r"\w+", title)[0] for title, _ in exercises] == ["Verify", "Derive", "Extend"]


@each(CHAPTERS)
def test_a_chapter_is_neither_short_nor_long(text):
    assert 1000 <= len(words(FOLDED.sub("", text))) <= 3200


@each(PAGES)
def test_a_figure_has_a_name_a_caption_and_a_text_for_those_who_cannot_see_it(text):
    for options, code in cells(text):
        if DRAWS.search(code) and "remove-cell" not in options.get("tags", []):
            notes = options.get("mystnb", {})
            assert notes.get("figure", {}).get("name", "").startswith("fig-"), code
            assert len(notes["figure"].get("caption", "")) >= 40, code
            alt = notes.get("image", {}).get("alt", "")
            assert len(alt) >= 40, code


@each(PAGES)
def test_a_live_figure_comes_after_a_question_and_hides_its_code(text):
    blocks = re.split(r"\n\n(?=```\{code-cell\})", text)
    for before, after in pairwise(blocks):
        options, code = next(cells(after))
        if LIVE.search(code):
            assert "?" in " ".join(before.split("\n\n")[-1:]), before[-200:]
            assert options.get("tags") == ["remove-input"], code
            assert LIVE.search(code.strip().splitlines()[-1]), "it is shown as the last value of its cell"
            assert "What to see" in after, "it says what to see"


@each(PAGES)
def test_cells_are_short_and_hold_at_most_one_function(text):
    code = [body for _, body in cells(text)]
    for body in code:
        lines = [line for line in body.splitlines() if line.strip() and not re.match(r"import |from \w", line)]
        assert len(lines) <= 12, body
        assert max(map(len, body.splitlines())) <= 120, body
    assert sum(len(re.findall(r"^\s*def ", body, re.MULTILINE)) for body in code) <= 1


@each(CHAPTERS)
def test_few_lines_of_a_chapter_plot(text):
    lines = [line for line in text.splitlines() if line.strip()]
    plots = sum(bool(PLOTS.match(line)) for _, body in cells(text) for line in body.splitlines())
    assert plots <= 0.06 * len(lines), f"{plots} of {len(lines)}"


@each(CHAPTERS)
def test_random_numbers_come_from_the_one_seed(text):
    for _, body in cells(text):
        assert not re.search(r"np\.random\.(?!default_rng\(2026\))", body), body


@each(PAGES)
def test_every_work_cited_is_in_the_bibliography(text):
    known = set(parse_file(BOOK / "references.bib").entries)
    cited = {key.strip() for keys in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", text) for key in keys.split(",")}
    assert cited <= known


@each(PAGES)
def test_every_term_is_in_the_glossary(text):
    found = [re.sub(r"\A.*<(.*)>\Z", r"\1", term, flags=re.DOTALL) for term in re.findall(r"\{term\}`([^`]+)`", text)]
    known = {term.lower() for terms, _ in glossary() for term in terms}
    assert {" ".join(term.split()).lower() for term in found} <= known


def test_the_glossary_gives_for_each_term_both_languages_and_one_sentence():
    for terms, sentence in glossary():
        english, chinese = terms
        assert english.isascii()
        assert re.fullmatch(r"[\u4e00-\u9fff-]+", chinese)
        assert re.fullmatch(r"[A-Z][^.]*\.", sentence), sentence
    counted = Counter(term.lower() for terms, _ in glossary() for term in terms)
    assert [term for term, count in counted.items() if count > 1] == []


@each(PAGES)
def test_words_that_talk_down_are_not_used(text):
    assert not re.findall(r"\b(?:simply|clearly|note that|obviously|trivially|of course)\b", prose(text), re.IGNORECASE)


@each(PAGES)
def test_numbers_are_recorded_and_not_glued(text):
    assert not re.findall(r"\bmyst_nb\b|\bglue\(", text)


@pytest.mark.parametrize("name", PAGES)
def test_every_number_recorded_is_quoted_and_every_one_quoted_is_recorded(name):
    """A name is written out once, in one call, so that a search finds it."""
    names = recorded(PAGES[name])
    assert None not in names
    assert sorted(names) == sorted(quoted(name))


@each(PAGES)
def test_computed_numbers_are_quoted_and_not_typed(text):
    """Three decimals are the sign of a computation; only a folded solution may do one by hand."""
    assert not re.findall(r"(?<![\w.])\d+\.\d{3,}", re.sub(r"`[^`]*`", "", prose(FOLDED.sub("", text))))


@each(PAGES)
def test_pages_name_no_host_but_doi_and_no_path_of_a_machine(text):
    assert not re.findall(r"https?://(?!doi\.org/)", text)
    assert not re.findall(r"(?<![\w.:/])/(?:home|root|tmp|usr|work|Users|mnt|opt)\b|\b[A-Z]:\\\\", text)


@each(CHAPTERS)
def test_verdicts_are_those_of_the_ledger(text):
    ledger = {claim.id: claim.verdict for claim in claims()}
    titles = [title for title, _ in directives(text, "admonition") if title.startswith("Verdict")]
    found = [re.fullmatch(r"Verdict on (C\d\d): ([a-z ]+)", title) for title in titles]
    assert all(found), titles
    assert {one[1]: one[2] for one in found}.items() <= ledger.items()


def test_the_contents_list_every_page_once_and_the_map_links_every_chapter():
    contents = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))
    listed = [contents["root"], *(page["file"] for part in contents["parts"] for page in part["chapters"])]
    assert sorted(listed) == sorted(name.removesuffix(".md") for name in PAGES)
    plan = PAGES["01_question.md"].partition("## A map of the book")[2]
    assert set(re.findall(r"\]\((\d\d_\w+\.md)\)", plan)) == set(CHAPTERS) - {"00_how_to_use.md", "01_question.md"}


@pytest.mark.skipif(not SOURCE.is_file(), reason="the text of the source paper is not beside the repository")
@each(PAGES)
def test_no_sentence_of_the_paper_is_copied(text):
    source = "".join(SOURCE.read_text(encoding="utf-8").split())
    for run in re.findall(rf"[\u4e00-\u9fff]{{{COPIED},}}", text):
        assert not [run[k : k + COPIED] for k in range(len(run) - COPIED + 1) if run[k : k + COPIED] in source]

"""The PDF edition of the whole book: everything is in it, in order, with tags, outline and page numbers."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from pypdf import PdfReader

ROOT = Path(__file__).parents[2]
TEX = re.compile(r"(?<![\w$\"'{\\])\\(?:d?frac|begin|sqrt|operatorname|Bigl)\b")


@pytest.fixture(scope="module")
def path():
    """Give the PDF; stop when it is older than the pages it is made of."""
    title = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["title"]
    found = ROOT / "_build" / (re.sub(r"\W+", "-", title.lower()) + ".pdf")
    newest = max((page.stat().st_mtime for page in (ROOT / "_build" / "html").glob("*.html")), default=float("inf"))
    if not found.is_file() or found.stat().st_mtime < newest:
        pytest.fail(f"{found.name} is not there or is older than the pages; run: make pdf")
    return found


@pytest.fixture(scope="module")
def reader(path):
    return PdfReader(path)


@pytest.fixture(scope="module")
def texts(reader):
    return [page.extract_text() for page in reader.pages]


@pytest.fixture(scope="module")
def outline(reader):
    """Give the lines of the outline: level, title, page."""

    def lines(items, level=1):
        for item in items:
            if isinstance(item, list):
                yield from lines(item, level + 1)
            else:
                yield level, " ".join(item.title.split()), reader.get_destination_page_number(item) + 1

    return list(lines(reader.outline))


@pytest.fixture(scope="module")
def pages():
    """Give the names of the pages of the book, by part."""
    toc = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
    return {part["caption"]: [one["file"] for one in part["chapters"]] for part in toc["parts"]}


def title_of(page):
    built = BeautifulSoup((ROOT / "_build" / "html" / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
    return " ".join("".join(built.h1.find_all(string=lambda text: text != "#")).split())


def test_the_file_is_tagged_titled_and_in_english(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "From Single Benefit to Mutualism"
    assert "CC BY 4.0" in reader.metadata.subject


def test_the_outline_holds_every_part_and_chapter_in_order(outline, pages):
    assert [title for level, title, _ in outline if level == 1][2:] == list(pages)
    chapters = [title for level, title, _ in outline if level == 2]
    assert chapters[1:] == [title_of(page) for part in pages.values() for page in part]
    numbers = [number for _, _, number in outline]
    assert numbers == sorted(numbers)
    assert sum(level == 3 for level, _, _ in outline) > 100


def test_the_contents_name_the_page_on_which_a_chapter_begins(outline, texts):
    first = next(number for level, _, number in outline if level == 2)
    contents = " ".join(" ".join(texts[1 : first - 1]).split())
    for _, title, number in (line for line in outline if line[0] == 2):
        plain = re.escape(title).replace(r"\ ", r"\s*")
        assert re.search(rf"{plain}\s*{number}\b", contents), title
        assert texts[number - 1].rstrip().endswith(str(number)) or str(number) in texts[number - 1][:40], title


def test_no_chapter_is_short(outline, texts):
    all_pages = [(title, number) for level, title, number in outline if level == 2]
    chapters = [one for one in pairwise(all_pages) if re.match(r"\d+ ", one[0][0])]
    assert len(chapters) >= 14
    for (title, begin), (_, end) in chapters:
        text = " ".join(texts[begin - 1 : end - 1])
        assert all(word in text for word in ("Learning objectives", "Further reading", "Solution")), title
    assert 150 < len(texts) < 600


@pytest.mark.parametrize("term", ["共生", "单利共生", "均衡互利共生", "质参量", "象参量"])
def test_chinese_terms_can_be_found(texts, term):
    assert any(term in text.replace("\n", "") for text in texts)


def test_no_formula_is_left_as_it_was_typed(texts):
    assert [(number, found[0]) for number, text in enumerate(texts, 1) if (found := TEX.search(text))] == []


def test_every_character_has_a_glyph_of_an_embedded_font(reader):
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        if font["/Subtype"] == "/Type0":
            assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_every_figure_is_there_and_says_what_it_shows(reader, path):
    printed = (path.parent / "pdf" / "index.html").read_text(encoding="utf-8")
    pictures = sum(
        item.get_object().get("/Subtype") == "/Image"
        for page in reader.pages
        for item in page["/Resources"].get("/XObject", {}).values()
    )
    assert pictures >= printed.count("<figure") - printed.count('class="explorer-static"') > 50
    assert all(
        re.search(r'\balt="[^"]{20,}', image) for image in re.findall(r"<figure\b.*?</figure>", printed, re.DOTALL)
    )
    assert 'class="explorer-live"' not in printed
    assert printed.count('class="explorer-static"') == printed.count("data-explorer=")


def test_no_link_leads_nowhere(path):
    printed = (path.parent / "pdf" / "index.html").read_text(encoding="utf-8")
    ids = set(re.findall(r'\bid="([^"]+)"', printed))
    assert {target for target in re.findall(r'href="#([^"]+)"', printed) if target not in ids} == set()
    assert len(re.findall(r'href="#', printed)) > 1000


def test_nothing_is_so_wide_that_the_browser_prints_all_of_it_smaller(reader, outline):
    style = (ROOT / "book" / "_static" / "print.css").read_text(encoding="utf-8")
    wanted = float(re.search(r"html { font-size: ([\d.]+)pt", style)[1])
    sizes = Counter()

    def count(text, here, line, font, size):
        if font and "Serif" in str(font.get("/BaseFont")):
            sizes[round(abs(size * line[3] * here[3]), 2)] += len(text.strip())

    for number in [number for level, _, number in outline if level == 2][1:6]:
        reader.pages[number - 1].extract_text(visitor_text=count)
    assert sizes.most_common(1)[0][0] == pytest.approx(wanted, abs=0.02)

"""What the PDF edition is made of, as far as no browser is needed to see it."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

import pdf
from printed.book import whole_book
from printed.chromium import MissingError, check_fonts, chinese_fonts, find_browser
from printed.pages import article, parts

ROOT = Path(__file__).parents[1]
CONFIG = {"title": "A Book", "author": "Its author", "copyright": "2026"}
TOC = """root: intro
parts:
- caption: I First
  chapters: [{file: 01_one}]
- caption: Back
  chapters: [{file: glossary}]
"""
PAGE = """<html lang="en"><head><link rel="stylesheet" href="_static/a.css"><script src="_static/b.js"></script></head>
<body><nav>menu</nav><article><section id="top"><h1>{title}<a class="headerlink" href="#top">#</a></h1><p>Sub</p>
<section id="limits"><h2>Limits</h2><a id="in" href="#limits">here</a>
<a id="across" href="01_one.html#limits">there</a>
<a id="page" href="glossary.html">page</a> <a id="source" href="listings/x.html#y">source</a>
<a id="web" href="https://example.org/">web</a><img src="_images/f.png" loading="lazy" alt="A chart">
<details class="admonition hide above-input"><summary>Show</summary>folded code</details>
<details class="sd-dropdown"><summary>More</summary>witness</details>
<div class="ecolib-explorer"><div class="explorer-live">sliders</div><div class="explorer-static">twin</div></div>
</section></section></article></body></html>"""
NAMES = {"intro": "A Book", "01_one": "1 One", "glossary": "Words"}


@pytest.fixture
def site(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "html").mkdir()
    (tmp_path / "book" / "_toc.yml").write_text(TOC, encoding="utf-8")
    (tmp_path / "_config.yml").write_text("".join(f"{key}: '{value}'\n" for key, value in CONFIG.items()))
    for name, title in NAMES.items():
        (tmp_path / "html" / f"{name}.html").write_text(PAGE.format(title=title), encoding="utf-8")
    return tmp_path


@pytest.fixture
def one(site):
    return article(site / "html", "01_one", set(NAMES), "../html")


def program(folder, name, text=""):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_browser_is_the_one_that_is_named_else_the_first_on_the_path(tmp_path, monkeypatch):
    chrome, own = program(tmp_path, "google-chrome"), program(tmp_path, "my-browser")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert find_browser() == chrome
    assert find_browser() != program(tmp_path, "chromium") == find_browser()
    monkeypatch.setenv("CHROMIUM", own)
    assert find_browser() == own


def test_without_a_browser_the_message_says_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert pdf.main([], tmp_path) == 2
    assert "apt-get install chromium" in capsys.readouterr().err
    monkeypatch.setenv("CHROMIUM", "/no/such")
    with pytest.raises(MissingError, match="CHROMIUM names '/no/such', which is not a program"):
        find_browser()


def test_without_a_font_with_chinese_the_message_names_one(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chinese_fonts() is None
    check_fonts()
    program(tmp_path, "fc-list", "exit 0")
    with pytest.raises(MissingError, match="install --no-install-recommends fonts-"):
        check_fonts()
    program(tmp_path, "fc-list", 'echo "B Hei,B"; echo "A Song"')
    assert chinese_fonts() == ["A Song", "B Hei"]
    check_fonts()


def test_without_built_pages_the_message_says_how_to_build_them(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", program(tmp_path, "chromium"))
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "_build").mkdir()
    assert pdf.main([], tmp_path) == 2
    assert "Run: make book" in capsys.readouterr().err


def test_every_page_of_the_book_is_in_a_part():
    listed = parts(ROOT / "book" / "_toc.yml")
    found = [page for part in listed for page in part.pages]
    assert found[0] == "intro"
    assert sorted(found) == sorted(path.stem for path in (ROOT / "book").glob("*.md"))


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("in", "#01_one--limits"),
        ("across", "#01_one--limits"),
        ("page", "#glossary--"),
        ("source", None),
        ("web", "https://example.org/"),
    ],
)
def test_links_lead_into_the_book_or_away(one, link, target):
    assert one.find(id=f"01_one--{link}").get("href") == target


def test_a_link_out_of_the_book_leads_to_the_site_when_the_page_says_where_that_is(site):
    path = site / "html" / "01_one.html"
    canonical = '<head><link rel="canonical" href="https://example.org/b/01_one.html">'
    path.write_text(path.read_text(encoding="utf-8").replace("<head>", canonical), encoding="utf-8")
    found = article(site / "html", "01_one", set(NAMES), "../html")
    assert found.find(id="01_one--source")["href"] == "https://example.org/b/listings/x.html#y"


def test_what_needs_a_screen_is_left_out_and_what_is_folded_is_open(one):
    text = one.get_text()
    assert not any(word in text for word in ("#", "folded code", "sliders", "menu"))
    assert "twin" in text
    assert [element.get("open") for element in one.find_all("details")] == [""]
    assert one.img["src"] == "../html/_images/f.png"
    assert not one.img.has_attr("loading")


def test_what_differs_from_build_to_build_is_left_out(site):
    timed = PAGE.replace('id="limits"', 'id="what-each-page-took"').format(title="Report")
    (site / "html" / "reproducibility.html").write_text(timed, encoding="utf-8")
    assert "Limits" not in article(site / "html", "reproducibility", set(NAMES), "../html").get_text()


def test_the_book_has_its_parts_chapters_and_sections_in_order(site):
    page = whole_book(site / "html", site / "book", "../html")
    entries = [piece.split("</span>")[0] for piece in page.split('<span class="entry">')[1:]]
    assert entries == ["In short", "I First", "1 One", "Limits", "Back", "Words"]
    assert page.index("<h1>Contents") < page.index("I First</h1>") < page.index("1 One</h2>") < page.index("Words</h2>")
    assert page.count('id="01_one--limits"') == 1
    assert '"../html/_static/a.css"' in page
    assert "b.js" not in page
    assert '@page p-01_one { @bottom-left { content: "1 One"; } }' in page


def blank():
    writer, target = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/CreationDate": "D:20200101000000Z", "/Creator": "me"})
    writer.write(target)
    return target.getvalue()


def test_the_file_has_a_title_and_no_date_but_the_one_that_was_asked_for():
    first = pdf.finished(blank(), CONFIG, None)
    assert first == pdf.finished(blank(), CONFIG, None)
    found = PdfReader(BytesIO(first))
    assert (found.metadata.title, found.metadata.author, found.metadata.creation_date) == ("A Book", "Its author", None)
    assert found.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712, an object of pypdf
    dated = PdfReader(BytesIO(pdf.finished(blank(), CONFIG, pdf.date({"SOURCE_DATE_EPOCH": "0"}))))
    assert dated.metadata.creation_date.year == 1970

"""The built site: light pages, a search that knows Chinese, addresses where they are known, a file to take along."""

import gzip
import json
import re
import zipfile
from importlib import resources
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from py_mini_racer import MiniRacer
from sphinx.errors import ConfigError
from test_book import CHAPTER, HEAD, ROOT, SECOND, small_book

import icons
import launch
import pack
import social_card
from ecolib import figures
from lean import lean, silent
from publishing import base_url, description, tags
from search_chinese import SCRIPT, EnglishAndChinese, pieces

START = (
    HEAD
    + "# Start 术语\n\n从单利共生到均衡互利共生, in words that are long enough to say what this small book is about.\n"
)
ADDRESS = {"BASE_URL": "https://example.org/book", "REPOSITORY": "owner/name", "REVISION": "abc123"}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Give the folder of a small book that knows its address and its repository."""
    pages = {"intro": START, "07_first": CHAPTER, "08_second": SECOND}
    book = small_book(tmp_path_factory.mktemp("site"), pages)
    book.write("notebooks/07_first.ipynb", "{}")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ADDRESS.items():
            patch.setenv(name, value)
        code, output = book.build()
    assert code == 0, output
    return book.folder / "_build" / "html"


@pytest.fixture
def home(published):
    return (published / "intro.html").read_text(encoding="utf-8")


@pytest.fixture
def chapter(published):
    return (published / "07_first.html").read_text(encoding="utf-8")


def loaded(page):
    return re.findall(r'<(?:script|link)\b[^>]*(?:src|stylesheet" href|css" href)="([^"?]+)', page)


def test_no_script_stands_in_the_way_of_the_first_paint(home, chapter):
    for page in (home, chapter):
        assert len(re.findall(r"<script[^>]*\bsrc=", page)) > 5
        assert re.findall(r"<script(?![^>]*\bdefer\b)[^>]*\bsrc=[^>]*>", page) == []


def test_a_page_loads_only_what_it_uses(home, chapter):
    assert "_static/mathjax/startup.js" in loaded(chapter)
    for word in ("mathjax", "fontawesome", "thebe", "searchindex", "copybutton", "ledger", "formulas"):
        assert not [name for name in loaded(home) if word in name], word


def test_a_page_with_formulas_weighs_less_than_a_third_of_a_megabyte(published, chapter):
    drawn = [f"_static/mathjax/{part}.js" for part in ("core", "input/tex", "output/chtml", "output/chtml/fonts/tex")]
    files = {*loaded(chapter), *drawn, "07_first.html", "_static/vendor/icons.woff"}
    assert sum(len(gzip.compress((published / name).read_bytes())) for name in files) < 330_000


def test_what_nothing_loads_is_deleted_and_licences_stay(published):
    names = {path.relative_to(published / "_static").as_posix() for path in (published / "_static").rglob("*")}
    assert not {name for name in names if re.search(r"\.map$|\.ttf$|\.woff2$|fontawesome\.js$|locales|thebe", name)}
    assert {"scripts/bootstrap.js.LICENSE.txt", "scripts/fontawesome.js.LICENSE.txt"} <= names
    assert "Font Awesome Free 6" in (published / "_static/styles/pydata-sphinx-theme.css").read_text(encoding="utf-8")


def test_the_font_holds_the_icons_in_use_and_says_whose_they_are(published):
    font = TTFont(BytesIO((published / "_static" / "vendor" / "icons.woff").read_bytes()))
    told = {record.nameID: str(record) for record in font["name"].names}
    sheet = (icons.STATIC / icons.SHEET).read_text(encoding="utf-8")
    pages = [path.read_text(encoding="utf-8") for path in published.rglob("*.html")]
    wanted = {name for name in icons.used(pages) if f".{name}:before" in sheet}
    assert {"fa-bars", "fa-moon", "fa-download"} <= wanted
    drawn = icons.glyphs(icons.sheet(sheet, wanted)) & set(TTFont(icons.STATIC / icons.FONT).getBestCmap())
    assert drawn == set(font.getBestCmap())
    assert "Font Awesome" in told[0]
    assert "Font Awesome" not in told[1] + told[4] + told[6]


def test_the_same_icons_give_the_same_font():
    one, other = (icons.subset(icons.STATIC / icons.FONT, {0xF0C9, 0xF186}) for _ in range(2))
    assert one == other
    assert len(one) < 3000


def test_a_module_waits_for_the_script_whose_names_it_uses():
    page = '<script src="_static/documentation_options.js"></script><script>DOCUMENTATION_OPTIONS.a = 1;</script>'
    assert lean(page) == page.replace("<script src", "<script defer src").replace(
        "<script>D", '<script type="module">D'
    )
    assert lean(lean(page)) == lean(page)


def test_a_silent_script_computes_what_it_did():
    context = MiniRacer()
    assert context.eval(silent("let a = 1; console.log(a = 2, `b`); a")) == 2


@pytest.mark.parametrize("term", ["共生", "互惠共生", "双向产业转移", "mutualism", "Routh-Hurwitz", "x共生y", "术"])
def test_query_and_index_cut_words_alike(term):
    context = MiniRacer()
    context.eval("var Search = {}, location = {};" + SCRIPT.read_text(encoding="utf-8"))
    asked = list(context.eval(f"splitQuery({json.dumps(term)})"))
    assert asked
    assert set(asked) <= set(EnglishAndChinese({}).split(f"a {term} b"))
    assert len(asked) == 1 or len(term) > 2


def test_the_index_holds_chinese_in_pairs(published):
    index = (published / "searchindex.js").read_text(encoding="utf-8")
    found = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    assert {"共生", "互利", "单利"} <= found["terms"].keys()
    assert "术语" in found["titleterms"]
    assert "从单利共生到均衡互利共生" not in found["terms"]
    assert pieces("a共b") == ["a", "共", "b"]


def test_texts_for_excerpts_are_those_of_the_pages(published):
    script = (published / "_static" / "search_texts.js").read_text(encoding="utf-8")
    texts = json.loads(script.removeprefix("searchTexts(").removesuffix(");\n"))
    assert texts.keys() == {"intro", "07_first", "08_second"}
    assert "从单利共生到均衡互利共生, in words" in texts["intro"]
    assert "//" not in script


def test_a_published_page_says_its_address_and_what_it_is_about(home):
    assert '<link rel="canonical" href="https://example.org/book/intro.html" />' in home
    assert '<meta property="og:url" content="https://example.org/book/intro.html" />' in home
    assert re.search('<meta name="description" content="从单利.* what this small book is about."', home)
    assert 'rel="icon" type="image/svg+xml" href="_static/favicon.svg"' in home


def test_a_published_site_has_its_sitemap_and_a_page_for_wrong_addresses(published):
    listed = re.findall("<loc>(.+?)</loc>", (published / "sitemap.xml").read_text(encoding="utf-8"))
    assert listed == [f"https://example.org/book/{name}.html" for name in ("07_first", "08_second", "intro")]
    assert (published / "robots.txt").read_text().endswith("Sitemap: https://example.org/book/sitemap.xml\n")
    wrong = (published / "404.html").read_text(encoding="utf-8")
    assert 'href="/book/index.html"' in wrong
    assert "Content-Security-Policy" in wrong


def test_the_start_page_is_met_without_a_detour(published, home):
    assert (published / "index.html").read_text(encoding="utf-8") == home


def test_a_book_without_an_address_invents_none():
    assert "://" not in (ROOT / "_config.yml").read_text(encoding="utf-8")
    assert "og:url" not in tags("A", "b", "", "")
    assert "og:image" not in tags("A", "b", "", "")
    assert tags('"A"', "", "", "").count("&quot;A&quot;") == 1
    assert base_url(" ") == ""
    assert description(None) == ""


@pytest.mark.parametrize("given", ["example.org", "ftp://example.org", "https://", "https://example.org/?a=1"])
def test_what_is_no_address_is_refused(given):
    with pytest.raises(ConfigError, match="must be an address such as"):
        base_url(given)


def test_buttons_open_the_notebook_of_the_chapter(chapter, home):
    assert "https://mybinder.org/v2/gh/owner/name/abc123?urlpath=lab/tree/notebooks/07_first.ipynb" in chapter
    assert "https://colab.research.google.com/github/owner/name/blob/abc123/notebooks/07_first.ipynb" in chapter
    assert 'href="_sources/07_first.ipynb" download' in chapter
    assert "git+https://github.com/owner/name@abc123" in chapter
    assert "make book" in chapter
    assert "mybinder" not in home


def test_without_a_repository_the_page_says_so_and_names_no_host():
    shown = launch.box("07_first", "", "HEAD", "a.ipynb")
    assert "without the address of a repository" in shown
    assert "//" not in shown
    assert "make install" in shown


@pytest.mark.parametrize(("name", "value"), [("REPOSITORY", "owner"), ("REPOSITORY", "a/b?c"), ("REVISION", "a b")])
def test_what_is_no_repository_is_refused(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    config = type("Config", (), {"repository": "", "revision": "HEAD"})()
    with pytest.raises(ConfigError, match=name.lower()):
        launch.set_repository(None, config)


def test_the_card_is_drawn_alike_twice_in_the_form_that_sites_ask_for(tmp_path):
    one, other = tmp_path / "a.png", tmp_path / "b.png"
    social_card.draw(one, "A title of some words")
    with figures.style():  # what else is set in the process does not matter
        social_card.draw(other, "A title of some words")
    assert one.read_bytes() == other.read_bytes()
    assert [int.from_bytes(one.read_bytes()[place : place + 4], "big") for place in (16, 20)] == [1200, 630]


def test_the_packed_book_is_whole_and_the_same_bytes_twice(published, tmp_path):
    files = [tmp_path / folder / "book.zip" for folder in ("a", "b")]
    for file in files:
        file.parent.mkdir()
        pack.pack(published, file)
        (published / "intro.html").touch()
        (published / "old.zip").write_bytes(b"")
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(files[0]) as packed:
        names = packed.namelist()
        assert packed.testzip() is None
        assert packed.read("book/07_first.html") == (published / "07_first.html").read_bytes()
    assert names == sorted(names)
    assert {"book/index.html", "book/searchindex.js", "book/_static/search_texts.js"} <= set(names)
    assert not [name for name in names if name.endswith(".zip") or not name.startswith("book/")]


def test_the_packed_start_page_does_not_offer_the_file_that_it_is_in(tmp_path):
    offer = re.search(r'<p class="offline-copy">.*?</p>', (ROOT / "book" / "intro.md").read_text(), re.DOTALL)
    (tmp_path / "index.html").write_text(f"<p>a</p>{offer[0]}<p>b</p>", encoding="utf-8")
    assert f"{pack.NAME}.zip" in offer[0]
    assert pack.content(tmp_path / "index.html").decode() == f"<p>a</p>{pack.PACKED}<p>b</p>"


def test_an_empty_folder_is_not_packed(tmp_path):
    with pytest.raises(FileNotFoundError, match="run: make book"):
        pack.pack(tmp_path, tmp_path / "a.zip")


def test_the_theme_has_what_is_taken_from_it():
    assert (icons.STATIC / icons.FONT).is_file()
    assert Path(str(resources.files("pydata_sphinx_theme"))) in icons.STATIC.parents

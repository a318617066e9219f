"""The site as a whole: what pages weigh, what waits until it is asked for, and the copy that needs no network."""

import gzip
import zipfile
from urllib.parse import unquote, urlsplit

import pytest
from book_pages import HTML
from browsing import until
from survey import settle, violations

import pack

COMPRESSED = {".woff", ".woff2", ".png"}
MATHS, PLAIN, START = "07_analytical", "bibliography", "intro"
MEGABYTE = 1_000_000
FORMULA = "mjx-container"


def weight(file):
    """Bytes of a file as a server sends it."""
    content = file.read_bytes()
    return len(content if file.suffix in COMPRESSED else gzip.compress(content))


def weigh(page, address):
    """Return the bytes of all that a page loads by itself, by kind."""
    asked = {}
    page.on("request", lambda request: asked.setdefault(request.url, request.resource_type))
    page.goto(address)
    settle(page)
    found = {}
    for url, kind in asked.items():
        if url.startswith("http"):
            found[kind] = found.get(kind, 0) + weight(HTML / unquote(urlsplit(url).path).lstrip("/"))
    return found


@pytest.mark.parametrize(("name", "limit"), [(MATHS, MEGABYTE), (START, MEGABYTE), (PLAIN, MEGABYTE // 4)])
def test_a_page_with_its_pictures_weighs_less_than_a_megabyte(page, server, name, limit):
    found = weigh(page, f"{server}/{name}.html")
    print(f"\n{name}: {sum(found.values()) / 1000:.0f} kB, {found}")
    assert {"document", "stylesheet", "script", "font"} <= found.keys()
    assert sum(found.values()) < limit


def test_the_menu_of_formulas_is_loaded_when_a_reader_asks_for_it(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/{MATHS}.html")
    settle(page)
    assert page.locator(FORMULA).count() > 50
    assert not [url for url in asked if "ui/menu" in url or "a11y/sre" in url]
    page.locator("button.formula-menu").focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('button.formula-menu') === null")
    assert [url for url in asked if "ui/menu" in url]
    page.locator(FORMULA).first.click(button="right")
    page.locator("[role=menu]").first.wait_for()


@pytest.mark.parametrize("term", ["共生", "hysteresis"])
def test_results_show_where_the_word_stands_with_and_without_a_server(page, site, term):
    page.goto(f"{site}/search.html?q={term}")
    excerpt = page.locator("#search-results li p.context").first
    excerpt.wait_for()
    shown = page.locator("#search-results li").all_inner_texts()
    assert [one for one in shown if term in one.lower()]


def test_the_copy_to_take_along_works_in_any_folder(page, tmp_path):
    with zipfile.ZipFile(HTML.parent / f"{pack.NAME}.zip") as packed:
        packed.extractall(tmp_path / "a b")
    root = (tmp_path / "a b" / pack.NAME).as_uri()
    page.goto(f"{root}/index.html")
    settle(page)
    assert "needs no network" in page.locator(".offline-copy").inner_text()
    page.locator("a.sd-stretched-link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/01_question.html*")
    page.keyboard.press("Control+k")
    page.keyboard.type("偏利共生")
    page.keyboard.press("Enter")
    page.locator("#search-results li p.context").first.wait_for()


def test_the_start_page_offers_the_copy_where_it_is(page, server):
    page.goto(f"{server}/index.html")
    address = page.locator(".offline-copy a").get_attribute("href")
    assert (HTML / address).read_bytes() == (HTML.parent / f"{pack.NAME}.zip").read_bytes()


def test_the_page_for_wrong_addresses_is_accessible_and_asks_for_nothing(page, server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}/404.html")
    assert [url for url in asked if not url.startswith("data:")] == [f"{server}/404.html"]
    page.evaluate("window.looks = {emptyFormulas() {}}")
    assert violations(page) == []


@pytest.mark.parametrize("name", sorted(path.name for path in (HTML / "listings" / "ecolib").glob("*.html"))[:6])
def test_a_listing_of_source_does_not_scroll_sideways_on_a_phone(page, site, name):
    page.set_viewport_size({"width": 380, "height": 900})
    page.goto(f"{site}/listings/ecolib/{name}")
    settle(page)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")

"""The book without a mouse: Tab reaches everything, one sees where one is, and nothing holds the reader."""

from pathlib import Path

import pytest
from book_pages import page_names
from browsing import until
from survey import settle

KEYS = Path(__file__).with_name("keys.js").read_text(encoding="utf-8")
# One page of every kind, and those with live figures.
KINDS = ("intro", "06_symbiosis_equations", "07_analytical", "09_succession_or_tipping", "11_five_levers", "claims",
         "proofs", "glossary", "search", "404")  # fmt: skip
PAGES = [name for name in page_names() if name in KINDS]
NARROW = {"width": 380, "height": 900}


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_everything_and_shows_where_it_is(page, server, name):
    page.goto(f"{server}/{name}.html")
    settle(page)
    page.evaluate(KEYS)
    steps = page.evaluate("keys.start(), keys.wanted().length")
    for _ in range(steps // 10 + 1):  # scrolling boxes are stops as well
        for _ in range(20):
            page.keyboard.press("Tab")
        if page.evaluate("keys.left"):
            break
    left, found = page.evaluate("[keys.left, keys.result()]")
    assert left, f"the keyboard does not leave the page after {found['count']} stops"
    assert (found["missed"], found["unseen"], found["covered"]) == ([], [], [])


def test_the_first_stop_leads_to_the_text(page, site):
    page.goto(f"{site}/intro.html")
    settle(page)
    page.keyboard.press("Tab")
    assert "skip" in page.evaluate("document.activeElement.textContent").lower()
    until(page, "document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_escape_closes_the_search_and_returns_to_its_button(page, server):
    page.goto(f"{server}/intro.html")
    settle(page)
    button = page.locator("button.search-button, button.search-button__button").locator("visible=true").first
    button.focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('dialog[open], .search-button__wrapper.show') !== null")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Escape")
    until(page, "document.querySelector('dialog[open], .search-button__wrapper.show') === null")
    assert button.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("side", ["primary", "secondary"])
def test_escape_closes_the_side_bars_of_a_phone(page, server, side):
    page.set_viewport_size(NARROW)
    page.goto(f"{server}/07_analytical.html")
    settle(page)
    button = page.locator(f"button.{side}-toggle, label.{side}-toggle").locator("visible=true").first
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    page.keyboard.press("Tab")
    assert dialog.evaluate("one => one.contains(document.activeElement)")
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert button.evaluate("one => one === document.activeElement")


def test_folded_parts_open_and_close_by_key(page, server):
    page.goto(f"{server}/07_analytical.html")
    summary = page.locator("main details > summary").first
    summary.focus()
    for wanted in (True, False):
        page.keyboard.press("Enter")
        assert summary.evaluate("one => one.parentElement.open") is wanted

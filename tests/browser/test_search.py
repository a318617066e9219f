"""The search finds the book's terms, English and Chinese, on a server and in a folder without one."""

import pytest
from browsing import until
from survey import violations

FOUND = {
    "mutualism": "06_symbiosis_equations",
    "hysteresis": "09_succession_or_tipping",
    "Routh-Hurwitz": "glossary",
    "reciprocity": "07_analytical",
    "bistability": "08_numerical",
    "feasibility": "10_many_units",
    "共生": "01_question",
    "偏利共生": "glossary",
    "均衡互利共生": "07_analytical",
    "跨区域共生网络": "glossary",
}


def pages_found(page):
    """Return the names of the pages in the list of results, best first."""
    until(page, "/search finished/i.test(document.querySelector('#search-results').innerText)")
    links = page.locator("#search-results ul.search > li > a")
    return [one.split("/")[-1].split(".")[0] for one in links.evaluate_all("all => all.map((one) => one.href)")]


@pytest.mark.parametrize("term", FOUND)
def test_a_term_is_found(page, site, term):
    page.goto(f"{site}/search.html?q={term}")
    assert FOUND[term] in pages_found(page)
    excerpts = page.locator("#search-results .context")
    excerpts.first.wait_for()
    assert max(map(len, excerpts.all_inner_texts())) > 100


def test_a_word_that_is_not_in_the_book_is_not_found(page, site):
    page.goto(f"{site}/search.html?q=zyzzyva")
    until(page, "/did not match/i.test(document.querySelector('#search-results').innerText)")
    assert page.locator("#search-results ul.search li").count() == 0


def test_a_reader_searches_from_any_page_and_the_results_are_accessible(page, site):
    page.goto(f"{site}/07_analytical.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("偏利共生")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert "glossary" in pages_found(page)
    assert violations(page) == []

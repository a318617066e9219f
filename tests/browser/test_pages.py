"""Every page of the built book, at 1280 and 380 pixels, light and dark: quiet, accessible, no wider than the window."""

import pytest
from book_pages import page_names
from survey import SCHEMES, WIDTHS, survey


def pytest_generate_tests(metafunc):
    """One case for each page and width."""
    if "place" in metafunc.fixturenames:
        places = [(name, width) for name in page_names() for width in WIDTHS]
        metafunc.parametrize("place", places, ids=[f"{name}-{width}" for name, width in places])


@pytest.fixture(scope="session")
def visits(request, server):
    """Visit all pages that the chosen tests ask about."""
    request.getfixturevalue("browser")  # or stop for want of one
    called = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    return survey(sorted({one["place"][0] for one in called if "place" in one}), server)


@pytest.fixture
def visit(visits, place):
    """Give what was found on one page at one width."""
    found = visits[place]
    assert not found.fault, found.fault
    return found


def test_the_book_has_its_pages():
    assert {"intro", "claims", "proofs", "glossary", "search", "genindex"} <= set(page_names())


def test_nothing_goes_wrong_and_no_other_host_is_asked(visit):
    assert visit.record.faults == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_accessibility_engine_finds_nothing(visit, scheme):
    assert visit.violations[scheme] == []


def test_the_page_does_not_scroll_sideways(visit):
    assert visit.seen["overflow"] == {"extra": 0, "out": []}


def test_there_is_one_title_and_no_level_of_heading_is_left_out(visit):
    levels = [level for level, _ in visit.seen["headings"]]
    assert levels.count(1) == 1, visit.seen["headings"]
    assert levels[0] == 1
    jumps = [
        pair
        for pair in zip(visit.seen["headings"], visit.seen["headings"][1:], strict=False)
        if pair[1][0] > pair[0][0] + 1
    ]
    assert jumps == []


def test_languages_are_marked(visit):
    assert visit.seen["lang"] == "en"
    assert visit.seen["languages"]["unmarked"] == []
    assert visit.seen["languages"]["wrong"] == []


def test_every_image_is_shown(visit):
    assert visit.seen["broken"] == []


def test_formulas_have_the_colour_of_the_text_around_them(visit):
    assert visit.grey == []


def test_figures_are_light_cards_in_dark_mode(visit):
    assert visit.seen["cards"] == []


def test_what_scrolls_in_its_own_box_is_reached_by_key(visit):
    assert visit.seen["unreachable"] == []

"""What the browser tests share. `make test-browser` runs them, not `make test`: they need Chromium and the built book.

``page`` and ``record`` are one page and what went wrong in it; every test that uses ``page`` fails at its end if
anything did. ``site`` is the address of the book, once from files and once from a server on this machine.
"""

import pytest
from book_pages import HTML, stale
from browsing import launch, served, watched
from playwright.sync_api import sync_playwright

from printed.chromium import MissingError


@pytest.fixture(scope="session", autouse=True)
def built_book():
    """Stop everything, with a word on what to do, when the book is not built or is older than its sources."""
    if fault := stale():
        pytest.exit(fault, returncode=2)


@pytest.fixture(scope="session")
def browser():
    """Give one browser to all tests; stop everything when there is none."""
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except MissingError as fault:
            pytest.exit(str(fault), returncode=2)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server():
    """Give the address of the book on a server of this machine."""
    with served(HTML) as address:
        yield address


@pytest.fixture(params=["file", "server"])
def site(request):
    """Give the address of the book, as files and as a site."""
    return HTML.as_uri() if request.param == "file" else request.getfixturevalue("server")


@pytest.fixture
def context(browser):
    """Give a window of 1280 by 900 pixels that remembers nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page_and_record(context):
    """Open a page and record what goes wrong in it."""
    with watched(context) as (page, record):
        yield page, record


@pytest.fixture
def record(page_and_record):
    """Give what went wrong so far."""
    return page_and_record[1]


@pytest.fixture
def page(page_and_record):
    """Give a page; nothing may have gone wrong in it at the end of the test."""
    page, record = page_and_record
    yield page
    assert record.faults == []

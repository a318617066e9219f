"""One visit to every page, in every look: what the tests of test_pages.py ask of it is noted on the way.

Formulas and the accessibility engine are slow, so each page is loaded once per width; both colour schemes are looked
at in that load, and in the second of them only the rules on colours are asked again. The engine takes every glyph of a
formula for a text of its own: formulas are emptied for it, and their colour and boxes are noted here. All folded parts
are opened first. Two browsers work side by side.
"""

import queue
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
from book_pages import HTML
from browsing import Record, launch, until, watched
from playwright.sync_api import Page, sync_playwright

WIDTHS, SCHEMES = (1280, 380), ("light", "dark")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that look at colours
LOOKS = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")
BROWSERS = 2


@dataclass
class Visit:
    """What was found on one page at one width."""

    record: Record = field(default_factory=Record)
    violations: dict[str, list[str]] = field(default_factory=dict)
    seen: dict[str, Any] = field(default_factory=dict)
    grey: list[str] = field(default_factory=list)
    fault: str = ""


def settle(page: Page) -> None:
    """Wait until the scripts are done, formulas included, and open whatever is folded."""
    page.wait_for_load_state("load")
    page.evaluate(LOOKS)
    page.evaluate("looks.settle()")


def violations(page: Page, *, only_colours: bool = False) -> list[str]:
    """Return what the accessibility engine finds, a line for each rule and element; the formulas are gone then."""
    page.evaluate(LOOKS)
    page.evaluate("looks.emptyFormulas()")
    page.evaluate(AXE)
    options = f"{{runOnly: {COLOURS if only_colours else TAGS}, resultTypes: ['violations'], preload: false}}"
    found = page.evaluate(f"axe.run(document, {options})")["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:4]]


def visit(browser, address: str, width: int) -> Visit:
    """Load a page and note everything."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    found = Visit()
    try:
        with watched(context) as (page, found.record):
            page.goto(address)
            settle(page)
            found.seen = page.evaluate("looks.all()")
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                until(page, f"[undefined, '{scheme}'].includes(document.documentElement.dataset.theme)")
                found.grey += page.evaluate("looks.greyFormulas()")
            for scheme in reversed(SCHEMES):
                page.emulate_media(color_scheme=scheme)
                until(page, f"[undefined, '{scheme}'].includes(document.documentElement.dataset.theme)")
                found.violations[scheme] = violations(page, only_colours=bool(found.violations))
    except Exception as fault:  # one page that breaks must not hide the others
        found.fault = str(fault)
    finally:
        context.close()
    return found


def survey(names: list[str], server: str) -> dict[tuple[str, int], Visit]:
    """Visit pages: in the wide window as a site, in the narrow one as files."""
    jobs: queue.SimpleQueue[tuple[str, int]] = queue.SimpleQueue()
    for name in names:
        for width in WIDTHS:
            jobs.put((name, width))
    found: dict[tuple[str, int], Visit] = {}

    def work() -> None:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            while not jobs.empty():
                try:
                    name, width = jobs.get_nowait()
                except queue.Empty:
                    break
                root = server if width == WIDTHS[0] else HTML.as_uri()
                found[name, width] = visit(browser, f"{root}/{name}.html", width)
            browser.close()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(BROWSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found

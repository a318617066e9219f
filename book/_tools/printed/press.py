"""Print the page of the book in Chromium, twice: the second time with the numbers of the pages in the contents."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright
from pypdf import PdfReader

from printed.chromium import find_browser

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDTH, HEIGHT = 642, 960
"""Pixels of the text on a sheet of A4 within the margins of print.css."""
PATIENCE = 600_000
ROUNDS = 4
READY = """async () => {
  await MathJax.startup.promise;
  await document.fonts.ready;
  const pictures = [...document.images];
  const lost = await Promise.all(pictures.map(one => one.decode().then(() => "", () => one.getAttribute("src"))));
  let formulas = 0;
  for (const item of MathJax.startup.document.math) {
    formulas += 1;
    item.typesetRoot.setAttribute("role", "img");
    item.typesetRoot.setAttribute("aria-label", item.math.trim());
  }
  const wrong = [...document.querySelectorAll("mjx-merror")].map(one => one.textContent);
  return {lost: lost.filter(Boolean).map(one => one.slice(0, 200)), wrong, formulas};
}"""
NUMBER = """numbers => {
  for (const place of document.querySelectorAll(".page-number")) {
    place.textContent = numbers[place.dataset.target] ?? "";
  }
}"""
PREPARE = """() => {
  dispatchEvent(new Event("beforeprint"));
  const room = document.documentElement.clientWidth + 1;
  const wide = [...document.querySelectorAll("article *")].filter(one => one.getBoundingClientRect().right > room);
  return [...new Set(wide.map(one => one.closest("[id]").id))];
}"""
"""Unfold and fit everything; return the ids at which something is wider than the sheet."""


class PrintError(Exception):
    """The book cannot be printed as it is; the message says what is wrong with it."""


@contextmanager
def opened(path: Path) -> Iterator[Page]:
    """Open a page as it will be on paper, and close the browser after."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        try:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
            page.set_default_timeout(PATIENCE)
            page.emulate_media(media="print")
            page.goto(path.as_uri())
            yield page
        finally:
            browser.close()


def ready(page: Page) -> int:
    """Wait for formulas, letters and pictures; return the number of formulas.

    Raises:
        PrintError: when a picture is missing or a formula cannot be read.
    """
    found = page.evaluate(READY)
    if found["lost"]:
        raise PrintError(f"pictures that cannot be shown: {', '.join(found['lost'])}")
    if found["wrong"]:
        raise PrintError(f"formulas that cannot be read: {'; '.join(found['wrong'])}")
    if wide := page.evaluate(PREPARE):
        print(f"Wider than the sheet, so that all pages are printed smaller: {', '.join(wide)}")
    return int(found["formulas"])


def printed(path: Path) -> bytes:
    """Return the PDF of a page whose contents get the numbers of pages.

    Raises:
        PrintError: when a picture, a formula or the target of a line is missing, or the numbers never settle.
    """
    with opened(path) as page:
        ready(page)
        wanted = page.eval_on_selector_all(".page-number", "all => all.map(one => one.dataset.target)")
        numbers: dict[str, int] = {}
        for _ in range(ROUNDS):
            try:
                data = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
            except Error as fault:
                raise PrintError(f"the browser does not print: {fault.message}") from fault
            found = page_numbers(data, wanted)
            if found == numbers:
                return data
            numbers = found
            page.evaluate(NUMBER, numbers)
    raise PrintError(f"the numbers of pages did not settle in {ROUNDS} rounds")


def page_numbers(data: bytes, wanted: list[str]) -> dict[str, int]:
    """Return on which page of a PDF each target is.

    Raises:
        PrintError: when one is nowhere.
    """
    reader = PdfReader(BytesIO(data))
    places = reader.named_destinations
    if lost := [name for name in wanted if f"/{name}" not in places and name not in places]:
        raise PrintError(f"lines of the contents that lead nowhere: {', '.join(lost)}")
    found = {name: places.get(name) or places[f"/{name}"] for name in wanted}
    ranks = {sheet.indirect_reference: rank for rank, sheet in enumerate(reader.pages, 1)}
    return {name: ranks[place.raw_get("/Page")] for name, place in found.items()}

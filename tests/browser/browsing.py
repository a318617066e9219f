"""A browser that keeps a record: with which arguments, and what a page said, asked for and did wrong."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request

from printed.chromium import find_browser

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)


@dataclass
class Record:
    """What went on in a page: errors and warnings of the console, errors of scripts, requests that should not be."""

    said: list[str] = field(default_factory=list)
    thrown: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Record from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.thrown.append(str(error)))
        page.on("request", lambda request: None if is_own(request.url) else self.outside.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("response", lambda reply: self.failed.append(reply.url) if reply.status >= 400 else None)

    def _failed(self, request: Request) -> None:
        """Note what did not come, but not what was on its way when the page was left."""
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(request.url)

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{message.type}: {message.text}")

    @property
    def faults(self) -> list[str]:
        """All that went wrong."""
        return [*self.said, *self.thrown, *self.outside, *self.failed]


def is_own(url: str) -> bool:
    """Say whether a request stays on this machine."""
    parts = urlsplit(url)
    return parts.scheme in ("file", "data", "blob", "about") or parts.hostname == "127.0.0.1"


@contextmanager
def watched(context: BrowserContext) -> Iterator[tuple[Page, Record]]:
    """Open a page with its record, and close it after use."""
    page, record = context.new_page(), Record()
    record.watch(page)
    try:
        yield page, record
    finally:
        page.close()


def until(page: Page, expression: str, seconds: float = 15) -> None:
    """Wait until an expression of JavaScript is true; playwright's own way is one that the pages' policy forbids.

    Raises:
        AssertionError: when the time is over.
    """
    look = f"""new Promise((done) => {{
        const end = Date.now() + {1000 * seconds}, look = () => {{
            const found = Boolean({expression});
            if (found || Date.now() > end) done(found); else setTimeout(look, 20);
        }};
        look();
    }})"""
    assert page.evaluate(look), f"not within {seconds} s: {expression}"


class Silent(SimpleHTTPRequestHandler):
    """Serve files without a word."""

    def log_message(self, *_arguments) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on 127.0.0.1 and yield its address, without the slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()

"""Make the PDF edition, ``_build/<name>.pdf``, from the built pages: one tagged file with outline and page numbers.

The pages are those of ``make book``, in the order of the contents. They are put into one, and Chromium prints it.
Two runs on one machine with the same pages give the same PDF; the date in it is that of ``SOURCE_DATE_EPOCH``, or none.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import yaml
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject

from printed.book import whole_book
from printed.chromium import MissingError, check_fonts, find_browser
from printed.press import PrintError, printed

ROOT = Path(__file__).parents[2]
HEADER = "%PDF-1.7"
NO_PAGES = "{} is not there; the PDF edition is made of the built pages. Run: make book"


def name(title: str) -> str:
    """Return the name of the file.

    >>> name("From Single Benefit to Mutualism")
    'from-single-benefit-to-mutualism.pdf'
    """
    return re.sub(r"\W+", "-", title.lower()).strip("-") + ".pdf"


def date(environment: Mapping[str, str]) -> str | None:
    """Return the date that goes into the file, None if none does.

    >>> date({"SOURCE_DATE_EPOCH": "1767225600"}), date({})
    ("D:20260101000000+00'00'", None)
    """
    given = environment.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(given), UTC).strftime("D:%Y%m%d%H%M%S+00'00'") if given else None


def finished(data: bytes, config: Mapping[str, str], written: str | None) -> bytes:
    """Return the PDF with what readers show of it: title, author, licence, open outline, no other date."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    about = {
        "/Title": config["title"],
        "/Author": config["author"],
        "/Subject": "Code: MIT. Text and figures: CC BY 4.0.",
        "/Producer": "Chromium",
    }
    writer.pdf_header = HEADER
    writer.metadata = about | ({"/CreationDate": written, "/ModDate": written} if written else {})
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.root_object[NameObject("/ViewerPreferences")] = shown
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def make(root: Path) -> Path:
    """Write the PDF edition of the book at ``root``; return its path.

    Raises:
        MissingError: when the browser, a font or the built pages are not there.
        PrintError: when something on a page cannot be printed.
    """
    build = root / "_build"
    find_browser()
    check_fonts()
    if not (build / "html" / "index.html").is_file():
        raise MissingError(NO_PAGES.format(build / "html"))
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    page, target = build / "pdf" / "index.html", build / name(config["title"])
    page.parent.mkdir(exist_ok=True)
    page.write_text(whole_book(build / "html", root / "book", "../html"), encoding="utf-8")
    data = finished(printed(page), config, date(os.environ))
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(data)
    unfinished.replace(target)
    return target


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Return 0 when the file is written, 1 when the book cannot be printed, 2 when something is missing."""
    argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0]).parse_args(arguments)
    begun = time.monotonic()
    try:
        path = make(root)
    except MissingError as fault:
        print(fault, file=sys.stderr)
        return 2
    except PrintError as fault:
        print(f"The PDF edition cannot be made: {fault}", file=sys.stderr)
        return 1
    pages, size = len(PdfReader(path).pages), path.stat().st_size / 1e6
    print(f"The PDF edition: {path}, {pages} pages, {size:.1f} MB, made in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Pack the built book into one file to read without a network: ``pack.py``, or ``pack.py html book.zip``.

The same pages give the same bytes: names are sorted, dates and rights fixed. In the packed copy the start page says
that it is that copy, where the built one offers the file.
"""

import re
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).parents[2]
NAME = "from-single-benefit-to-mutualism"
DATE = (1980, 1, 1, 0, 0, 0)
RIGHTS = 0o644 << 16
OFFER = re.compile(r'<p class="offline-copy">.*?</p>', re.DOTALL)
PACKED = '<p class="offline-copy">You are reading the copy that needs no network.</p>'
LEFT_OUT = {".buildinfo", "sitemap.xml", "robots.txt", "404.html"}
"""What only a site or a build has a use for."""


def content(path: Path) -> bytes:
    """Return what is packed of a file."""
    if path.suffix != ".html":
        return path.read_bytes()
    return OFFER.sub(PACKED, path.read_text(encoding="utf-8")).encode()


def pack(html: Path, file: Path) -> int:
    """Write the file and return how many files are in it; its folder has its name.

    Raises:
        FileNotFoundError: when there is no built book.
    """
    if not (html / "index.html").is_file():
        raise FileNotFoundError(f"{html} has no index.html; run: make book")
    found = {path.relative_to(html).as_posix(): path for path in html.rglob("*") if path.is_file()}
    names = sorted(name for name in found if name not in LEFT_OUT and not name.endswith(".zip"))
    part = file.with_suffix(".part")
    with ZipFile(part, "w") as packed:
        for name in names:
            entry = ZipInfo(f"{file.stem}/{name}", DATE)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, RIGHTS, 3
            packed.writestr(entry, content(found[name]), compresslevel=9)
    part.replace(file)
    return len(names)


def main(html: Path = ROOT / "_build" / "html", file: Path = ROOT / "_build" / f"{NAME}.zip") -> None:
    """Pack the book, put the file beside its start page too, and say where."""
    count = pack(html, file)
    (html / file.name).write_bytes(file.read_bytes())  # where the start page offers it
    print(f"The book to take along, {count} files in {file.stat().st_size / 1e6:.1f} MB: {file}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

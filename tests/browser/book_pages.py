"""Which pages the built book has, and whether it is the book of the present sources."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"
STAMP = ROOT / "_build" / "built"  # make touches it when the book is built
APART = {"404", "index"}  # test_site.py has the one; the other is the start page once more
FORWARDS = re.compile(r'<meta http-equiv="refresh"', re.IGNORECASE)


def stale(root: Path = ROOT) -> str:
    """Return what is wrong with the built book, or nothing."""
    stamp = root / "_build" / "built"
    if not stamp.is_file() or not (root / "_build" / "html" / "index.html").is_file():
        return "The book is not built; run: make book"
    sources = [
        path for name in ("book", "ecolib") for path in (root / name).rglob("*") if "__pycache__" not in path.parts
    ]
    sources = [path for path in [root / "_config.yml", *sources] if path.is_file()]
    newest = max(sources, key=lambda path: path.stat().st_mtime)
    if newest.stat().st_mtime > stamp.stat().st_mtime:
        return f"{newest.relative_to(root)} is newer than the built book; run: make book"
    return ""


def page_names() -> list[str]:
    """Return the names of the pages, without those that only send the reader on; empty when nothing is built."""
    pages = sorted(path for path in HTML.glob("*.html") if path.stem not in APART)
    return [path.stem for path in pages if not FORWARDS.search(path.read_text(encoding="utf-8"))]


def chapter_names() -> list[str]:
    """Return the names of the pages of chapters."""
    return [name for name in page_names() if re.match(r"\d\d_", name)]

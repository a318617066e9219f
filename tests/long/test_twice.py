"""The whole book built twice from nothing, in two folders: every result reproduced, and the same bytes but for times.

Times and memory stand on one page and in one file, and the appendix tells the time of a proof by classes; nothing else
may differ.
"""

import json
import re

import pytest
from test_book import SmallBook
from venvs import copy_of_the_tree

TIMES = {
    "reproducibility.html": r'<section id="what-each-page-took">.*?</section>|Written: [\dT:+-]+',
    "proofs.html": r"(?:under|over) \d+ s\b",
    "reproduction.json": r'^ "times": \{.*?^ \}',
}


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """Two built books."""
    folders = [copy_of_the_tree(tmp_path_factory.mktemp(name) / "clone") for name in ("one", "another")]
    for folder in folders:
        code, output = SmallBook(folder).build()
        assert code == 0, output[-6000:]
    return [folder / "_build" / "html" for folder in folders]


def contents(folder):
    """Name and bytes of each file, less the times."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for name, pattern in TIMES.items():
        text, count = re.subn(pattern, "", files[name].decode(), flags=re.DOTALL | re.MULTILINE)
        assert count, f"no time was found in {name}"
        files[name] = text.encode()
    return files


def test_two_builds_are_the_same_bytes_but_for_times(builds):
    one, another = map(contents, builds)
    assert one.keys() == another.keys()
    assert [name for name in one if one[name] != another[name]] == []


def test_every_result_is_reproduced(builds):
    for folder in builds:
        counts = json.loads((folder / "reproduction.json").read_text(encoding="utf-8"))["counts"]
        assert counts.pop("reproduced") > 500
        assert not any(counts.values())

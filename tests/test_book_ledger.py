"""The ledger in the book, on a small book: every link leads somewhere, and there is a way back from everywhere."""

import html
import re

import pytest
from test_book import CHAPTER, HEAD, ROOT, small_book, words

DATA = ROOT / "tests" / "data"
BOXES = """

```{code-block} python
PROOFS["seed"], path
```

```{admonition} Verdict on C01: holds if
:class: important
It does. The solvers know it as `good_one`. A `path` is no proposition.
```

```{admonition} Verdict on C02: outside mathematics
:class: important
It is.
```
"""
PROOFS = HEAD + (
    '# Proofs\n\n```{code-cell} ipython3\nfrom IPython.display import Markdown\n\nMarkdown("""'
    "(proposition-good_one)=\n:::{rubric} good_one\n:heading-level: 3\n:::\n\n(proposition-path)=\nA path.\n\n"
    "Evidence for {ref}`C01 <c01>`, named in {ledger:mentions}`good_one`, {ledger:mentions}`path`, "
    '{ledger:mentions}`seed`.""")\n```\n'
)
COUNTER = """from ecolib.counting import Counter

DEFAULT = 11
"""
COUNTING = '''"""Counting."""


class Counter:
    """Counts."""

    one: int = 1

    @property
    def more(self) -> bool:
        """Whether there is more than <one>."""
        return self.one > 1
'''
TESTS = "def test_one():\n    assert 1\n\n\ndef test_nothing_is_not_more():\n    assert not 0\n"


def ledger_book(folder, claims="", **pages):
    """A small book with a ledger, a chapter, the coverage, and an appendix."""
    given = {
        "intro": "# Start\n",
        "07_first": CHAPTER + BOXES,
        "claims": "# Ledger\n\nAll of it.\n\n% claims ledger\n",
        "coverage": "# Coverage\n\nAll of it.\n\n% coverage of the paper\n",
        "proofs": PROOFS,
    }
    book = small_book(folder, given | pages)
    book.write("ecolib/__init__.py", COUNTER)
    book.write("ecolib/counting.py", COUNTING)
    book.write("tests/test_counting.py", TESTS)
    book.write("ecolib/paper/claims.toml", claims or (DATA / "small_claims.toml").read_text(encoding="utf-8"))
    book.write("ecolib/paper/coverage.toml", (DATA / "small_coverage.toml").read_text(encoding="utf-8"))
    return book


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    book = ledger_book(tmp_path_factory.mktemp("ledger"))
    code, output = book.build()
    assert code == 0, output
    return book


def links(built, name):
    """Target -> text of each link in the article of a page; targets as seen from the root."""
    folder = built.folder / "_build" / "html"
    article = re.search(r"<article.*?</article>", built.page(name), re.DOTALL)[0]
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', article, re.DOTALL)
    own = [(f"{name}.html{href}" if href.startswith("#") else href, words(text)) for href, text in found]
    here = (folder / f"{name}.html").parent
    return {(here / href).resolve().relative_to(folder).as_posix(): text for href, text in own if "://" not in href}


@pytest.mark.parametrize("name", ["claims", "coverage", "proofs", "07_first", "listings/ecolib/counting"])
def test_every_link_leads_to_a_place_that_exists(built, name):
    assert links(built, name)
    for target in links(built, name):
        page, _, anchor = target.partition("#")
        text = (built.folder / "_build" / "html" / page).read_text(encoding="utf-8")
        assert not anchor or f'id="{html.escape(anchor)}"' in text, target


def test_an_entry_links_all_of_its_evidence(built):
    found = links(built, "claims")
    assert found["07_first.html#verdict-c01"] == "chapter 7"
    assert found["07_first.html#prop-one"] == "Proposition 7.2"
    assert found["07_first.html#fig-one"] == "Figure 7.1"
    assert found["proofs.html#proposition-good-one"] == "good_one"
    assert found["listings/ecolib/counting.html#Counter"] == "ecolib.Counter"
    assert found["listings/ecolib/counting.html#Counter.more"] == "ecolib.Counter.more"
    assert found["listings/tests/test_counting.html"] == "tests/test_counting.py"
    name = "listings/tests/test_counting.html#test_nothing_is_not_more"
    assert found[name] == "test_counting.py: test_nothing_is_not_more"
    assert found["coverage.html#coverage-2-1"] == "2.1"


def test_an_entry_says_its_verdict_and_what_it_depends_on(built):
    page = html.unescape(words(built.page("claims")))
    assert "C01: holds if" in page
    verdict = "Verdict: holds if. One is positive: 0 < a_1 * b_1 * c < s* and $a$."
    assert f"Two is more than one. (Section 1; 多.) {verdict}" in page
    assert "Taste." in page


@pytest.mark.parametrize(
    "name", ["07_first", "coverage", "proofs", "listings/ecolib/counting", "listings/tests/test_counting"]
)
def test_everything_that_an_entry_names_links_back_to_it(built, name):
    assert "claims.html#c01" in links(built, name)


def test_boxes_statements_and_figures_say_what_they_are_evidence_for(built):
    page = words(built.page("07_first"))
    assert "All evidence: C01 in the claims ledger." in page
    assert page.count("Evidence for C01.") == 2


def test_a_proposition_is_linked_where_it_is_named_and_lists_who_names_it(built):
    found = links(built, "07_first")
    assert found["proofs.html#proposition-good-one"] == "good_one"
    assert "proofs.html#proposition-path" not in found
    assert "named in chapter 7, no chapter, chapter 7." in words(built.page("proofs"))


def test_the_filter_finds_sections_and_verdicts(built):
    page = built.page("claims")
    assert '<section class="claim verdict-holds-if paper-1" id="c01-holds-if">' in page
    assert '<section class="claim verdict-outside-mathematics paper-1 paper-2-1"' in page
    assert page.count("ledger.js") == 1


def test_a_point_of_the_paper_names_its_claims_or_the_reason_why_there_is_none(built):
    page = words(built.page("coverage"))
    assert "Two is more than one. Feeds C01, C02." in page
    assert "What two is. No claim. A definition." in page


def test_a_listing_is_the_whole_file_with_its_line_numbers(built):
    page = built.page("listings/ecolib/counting")
    blocks = re.findall(r"<pre tabindex=\"?0\"?>(.*?)</pre>", page, re.DOTALL)
    plain = html.unescape(re.sub(r"<[^>]+>", "", "\n".join(block.strip("\n") for block in blocks)))
    lines = [re.fullmatch(r" *(\d+)(.*)", line).groups() for line in plain.splitlines() if line.strip()]
    assert {int(number): text for number, text in lines if text} == {
        number: line for number, line in enumerate(COUNTING.splitlines(), start=1) if line
    }


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("ecolib.Counter.more", "ecolib.Counter.less", "ledger:source reference target not found: ecolib.Counter.less"),
        ("good_one", "missing_one", "proposition-missing_one"),
        ("07_first", "intro", "ledger:verdict reference target not found: C01 intro"),
    ],
)
def test_evidence_that_points_nowhere_stops_the_build(tmp_path, old, new, reason):
    claims = (DATA / "small_claims.toml").read_text(encoding="utf-8").replace(f'"{old}"', f'"{new}"')
    code, output = ledger_book(tmp_path, claims).build()
    assert code != 0
    assert reason in output


def test_a_second_build_forgets_what_is_not_cited_and_finds_what_has_gone(tmp_path):
    book, listing = ledger_book(tmp_path), tmp_path / "_build" / "html" / "listings" / "tests" / "test_counting.html"
    assert book.build()[0] == 0
    assert listing.is_file()
    claims = (DATA / "small_claims.toml").read_text(encoding="utf-8")
    book.write("ecolib/paper/claims.toml", re.sub(r"^(test|counterexample) = .*\n", "", claims, flags=re.MULTILINE))
    assert book.build()[0] == 0
    assert not listing.exists()
    book.write("book/07_first.md", CHAPTER + BOXES.replace("Verdict on C01", "Verdict"))
    code, output = book.build()
    assert code != 0
    assert "ledger:verdict reference target not found: C01 07_first" in output

"""Two builds of the book count as the same exactly when a reader finds the same on them."""

import shutil

import pytest

from same_book import differences, main

PAGE = """<html><body><p id="around">menu</p><article>
<div id="prop-one"><p>Proposition 7.2</p></div><p>See \\[a < b\\] Figure&#160;7.1<img alt="x">
<br>0.24121779859484777, 1.4432899320127035e-15 under 1 s
<a class="headerlink" href="#x">#</a></p><script>let a</script>
</article><p>footer</p></body></html>"""


@pytest.fixture
def builds(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name / "listings").mkdir(parents=True)
        (tmp_path / name / "listings" / "a.html").write_text(PAGE, encoding="utf-8")
    return tmp_path / "old", tmp_path / "new"


def found(builds, new):
    (builds[1] / "listings" / "a.html").write_text(new, encoding="utf-8")
    return [line.replace(str(builds[0]), "OLD").replace(str(builds[1]), "NEW") for line in differences(*builds)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("menu", "other"),
        ("let a", "let b"),
        ("#</a>", "\u00b6</a>"),
        ("<br>", "\n<br/>"),
        ("<p>See", '<p id="id7">See'),
        ("<p>See", '<p id="another">See'),
        ("\\[a < b\\]", "\\[ a < b \\]"),
        ("0.24121779859484777", "0.24121779859484782"),
        ("1.4432899320127035e-15", "0.0e-10"),
        ("under 1 s", "under 10 s"),
    ],
)
def test_what_is_around_an_article_and_how_it_is_written_does_not_count(builds, old, new):
    assert old in PAGE
    assert found(builds, PAGE.replace(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("7.2", "7.3", "listings/a.html: '7.2' became '7.3' after 'Proposition'"),
        ("a < b", "a > b", "listings/a.html: '<' became '>' after 'Proposition 7.2 See \\\\[ a'"),
        ("&#160;7.1", "", "listings/a.html: '7.1' became '' after '\\\\[ a < b \\\\] Figure'"),
        (
            "0.2412177",
            "0.2412178",
            "listings/a.html: '0.241217799,' became '0.241217899,' after 'a < b \\\\] Figure 7.1'",
        ),
        (' id="prop-one"', "", "listings/a.html: id 'prop-one' only in OLD"),
    ],
)
def test_what_is_in_an_article_counts(builds, old, new, difference):
    assert found(builds, PAGE.replace(old, new)) == [difference]


def test_a_page_that_is_in_one_build_only_is_a_difference(builds):
    (builds[0] / "intro.html").write_text(PAGE, encoding="utf-8")
    (builds[1] / "search.html").write_text(PAGE, encoding="utf-8")
    (builds[1] / "b.html").write_text(PAGE, encoding="utf-8")
    assert found(builds, PAGE) == ["intro.html: only in OLD", "b.html: only in NEW"]


def test_no_pages_are_not_the_same_as_no_pages(tmp_path):
    assert list(differences(tmp_path, tmp_path)) == [f"{tmp_path} has no pages"]


def test_builds_of_other_sources_are_not_compared(builds, capsys):
    (builds[1] / "_sources").mkdir()
    (builds[1] / "_sources" / "a.md").write_text("# A\n", encoding="utf-8")
    assert main(*builds) is None
    assert "not of these sources (make book writes it): a.md" in capsys.readouterr().out
    shutil.copytree(builds[1] / "_sources", builds[0] / "_sources")
    assert main(*builds) is None
    assert "1 pages are the same" in capsys.readouterr().out
    (builds[1] / "b.html").write_text(PAGE, encoding="utf-8")
    assert main(*builds) == f"b.html: only in {builds[1]}"

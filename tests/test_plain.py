"""Plain Markdown from MyST Markdown, construct by construct."""

import pytest

from plain.blocks import render
from plain.book import Book, Page
from plain.cells import to_cells
from plain.works import Works

BIB = """
@article{May1972, author={May, Robert M.}, title={Will a large system be stable?}, journal={Nature}, year={1972}}
@article{Both1975, author={May, Robert M. and Leonard, Warren J.}, title={Three}, journal={SIAM}, year={1975}}
@article{Many2006, author={Vano, J. A. and Wild, J. C. and Noel, J. K.}, title={Chaos}, journal={N}, year={2006}}
"""


@pytest.fixture
def book(tmp_path):
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    record = {"07_here": {"u": {"value": 0.1234}}, "06_there": {"n": {"value": 4}}}
    return Book(tmp_path, Works(tmp_path / "references.bib"), record, notebooks=frozenset({"06_there", "07_here"}))


def plain(book, text, page="07_here"):
    """Read the labels of the text, then render it, as the generator does."""
    render(text, Page(book, page))
    return render(text, Page(book, page))


def test_plain_markdown_is_left_as_written(book):
    text = "# Title\n\nText with `{ref}` and $x_{ij}$, *stress*.\n\n- a\n- b\n\n```python\n{x}\n```\n\n> quoted"
    assert plain(book, text) == text


def test_equations_are_numbered_by_chapter_and_referred_to(book):
    text = "```{math}\n:label: eq-a\na = b\n```\n\n$$\nc\n$$ (eq-b)\n\n$$\nd\n$$\n\nBy {eq}`eq-b`, [](#eq-a)."
    shown = plain(book, text)
    assert "a = b \\tag{7.1}" in shown
    assert "c \\tag{7.2}" in shown
    assert "$$\nd\n$$" in shown
    assert shown.endswith("By (7.2), (7.1).")


def test_an_equation_environment_has_one_number_and_none_with_a_star(book):
    shown = plain(
        book, "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n\n\\begin{gather*}\ne\n\\end{gather*}\n\nEnd."
    )
    assert shown.count("\\tag{7.1}") == 1
    assert "\\tag{7.2}" not in shown
    assert shown.endswith("$$\n\nEnd.")


def test_statements_share_one_sequence_of_numbers(book):
    text = (
        "```{prf:definition} Unit\n:label: def\nA *unit*.\n```\n\n"
        "```{prf:theorem}\n:label: thm\nFrom {prf:ref}`def`, {prf:ref}`that <def>`:\n\n$$\nx\n$$ (eq)\n```"
    )
    shown = plain(book, text)
    assert "> **Definition 7.1** (Unit)\n>\n> A *unit*." in shown
    assert "> **Theorem 7.2**\n>\n> From Definition 7.1, that:\n>\n> $$x \\tag{7.1}$$" in shown


def test_folded_proofs_and_solutions_fold(book):
    text = (
        "```{exercise} Verify\n:label: ex\nDo.\n```\n\n```{solution} ex\n:class: dropdown\nDone.\n```\n\n"
        "```{prf:proof}\n:class: dropdown\nSee {ref}`ex`.\n```"
    )
    shown = plain(book, text)
    assert "### Exercise 7.1 (Verify)\n\nDo." in shown
    assert "<details>\n<summary>Solution to Exercise 7.1</summary>\n\nDone.\n\n</details>" in shown
    assert "<details>\n<summary>Proof</summary>\n\nSee Exercise 7.1.\n\n</details>" in shown


def test_code_of_a_solution_is_folded_and_meant_errors_stay_meant(book):
    cell = "```{code-cell}\n%s\n```\n\n"
    text = "````{solution-start} ex\n````\n\n" + cell % "a" + "````{solution-end}\n````\n\n" + cell % "b"
    text += cell % ":tags: [raises-exception, remove-input]\nc"
    cells = [one for one in to_cells(text, Page(book, "07_here")) if one.cell_type == "code"]
    assert [one.metadata for one in cells] == [
        {"jupyter": {"source_hidden": True}},
        {},
        {"tags": ["raises-exception"], "jupyter": {"source_hidden": True}},
    ]


def test_boxes_become_quotations_also_inside_each_other(book):
    text = "::::{admonition} Outer\n:class: tip\nOne.\n\n:::{note}\nTwo.\n:::\n::::"
    text += "\n\n- item\n\n  ```{tip}\n  In a list.\n  ```"
    shown = plain(book, text)
    assert "> **Outer**\n>\n> One.\n>\n> > **Note**\n> >\n> > Two." in shown
    assert "- item\n\n  > **Tip**\n  >\n  > In a list." in shown


def test_references_to_other_notebooks_are_links_and_to_other_pages_words(book):
    render(
        "(ch)=\n# 6. There\n\n(sec)=\n## Part\n\n```{figure} a.png\n:name: fig\nA *curve*.\n```", Page(book, "06_there")
    )
    render("# Glossary", Page(book, "glossary"))
    text = "{ref}`sec`, {ref}`it <sec>`, {doc}`06_there`, {doc}`glossary`, "
    text += "{numref}`fig`, {numref}`Plot %s <fig>`, [](#fig)"
    assert plain(book, text).replace("](06_there.ipynb)", "]") == (
        "[Part], [it], [6. There], *Glossary*, [Figure 6.1], [Plot 6.1], [Figure 6.1]"
    )


def test_a_link_to_a_page_keeps_its_text_and_other_links_stay(book):
    render("# 6. There", Page(book, "06_there"))
    text = "In [0, 1], [that](06_there.md), [](06_there.md), [far](https://example.org/a), [`c`](glossary.md)"
    assert plain(book, text) == (
        "In [0, 1], [that](06_there.ipynb), [6. There](06_there.ipynb), [far](https://example.org/a), `c`"
    )


def test_works_are_cited_by_author_and_year(book):
    page = Page(book, "07_here")
    text = "{cite:t}`Both1975`, {cite}`May1972`, {cite:p}`Many2006,Both1975`, {cite:author}`May1972`"
    assert render(text, page) == "May and Leonard (1975), (May, 1972), (May and Leonard, 1975; Vano et al., 2006), May"
    listing = book.works.listing(page.cited)
    assert [line.split(".")[0] for line in listing.splitlines()] == ["- Robert M", "- Robert M", "- J"]
    assert "*Nature*, 1972" in listing


def test_numbers_on_record_stand_in_the_prose_and_others_stop_the_page(book):
    page = Page(book, "07_here")
    assert render("{glue:text}`u:.3f`, {glue:text}`06_there.md::n`", page) == "0.123, 4"
    book.strict = True
    with pytest.raises(LookupError, match="no number 'v' of 07_here on record"):
        render("{glue:text}`v:.1f`", page)


def test_roles_are_found_where_a_line_breaks_and_in_tables_lists_and_quotations(book):
    text = "(one)=\n# A\n\nsee {ref}`two\nwords <one>`\n\n| a | {ref}`b <one>` |\n|---|---|\n| {ref}`c <one>` | d |\n"
    shown = plain(book, text + "\n> {ref}`e\n> f <one>`\n\n- {ref}`g\n  h <one>`")
    for part in ("see two words", "| a | b |", "| c | d |", "> e f", "- g h"):
        assert part in shown
    assert "{ref}" not in shown


def test_code_that_looks_like_a_role_is_not_touched(book):
    text = "(one)=\n# A\n\n`` {ref}`one` `` is {ref}`one`"
    assert plain(book, text).endswith("`` {ref}`one` `` is A")


def test_definition_lists_glossaries_and_footnotes_become_plain(book):
    page = Page(book, "07_here")
    text = "Unit\n: a thing\n  with more\n\nMark[^n].\n\n[^n]: A *note*.\n\n"
    text += "```{glossary}\nterm\n  its {term}`meaning`\n```"
    assert render(text, page) == ("- **Unit**: a thing with more\n\nMark<sup>[1]</sup>.\n\n- **term**: its meaning")
    assert page.notes == {"n": "A *note*."}


def test_tables_of_lists_become_rows_with_a_caption(book):
    text = "```{list-table} Modes\n:header-rows: 1\n:name: tab\n\n* - mode\n  - signs\n* - mutual\n  - $(+,+)$\n```"
    text += "\n\n{numref}`tab`"
    assert plain(book, text) == (
        "*Table 7.1.* Modes\n\n| mode | signs |\n| --- | --- |\n| mutual | $(+,+)$ |\n\nTable 7.1"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [("{odd}`x`", r"no rule for the role \{odd\}"), ("```{odd}\nx\n```", r"no rule for the directive \{odd\}")],
)
def test_what_has_no_rule_is_refused(book, text, message):
    with pytest.raises(ValueError, match=message):
        render(text, Page(book, "07_here"))


@pytest.mark.parametrize("text", ["{ref}`nowhere`", "{eq}`nowhere`", "[](#nowhere)", "{doc}`nowhere`"])
def test_a_reference_to_nowhere_is_refused(book, text):
    book.strict = True
    with pytest.raises(LookupError, match="nowhere"):
        render(text, Page(book, "07_here"))

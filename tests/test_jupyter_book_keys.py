"""The settings of _config.yml mean the same without Jupyter Book, and the environment for that is locked."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from jupyter_book.config import get_final_config
from packaging.requirements import Requirement

from jupyter_book_keys import extension_folders, read, settings

ROOT = Path(__file__).parents[1]
LOCK, NEXT = ((ROOT / name).read_text(encoding="utf-8") for name in ("requirements-lock.txt", "environments/next.txt"))
CLI = {"latex_individualpages": False, "external_toc_path": "_toc.yml"}
NOT_LOADED = {"jupyter_book", "sphinx_thebe", "sphinx_comments", "sphinx_jupyterbook_latex"}
UNUSED = {
    "html_theme_options.launch_buttons.notebook_interface",  # no address of a hub is given
    "html_theme_options.repository_url",  # its buttons are off
    "html_theme_options.repository_branch",
    "html_theme_options.analytics.plausible_analytics_url",  # no site is given
    "latex_engine",
    "use_jupyterbook_latex",
}


def leaves(settings, above=""):
    """Dotted name -> value of every setting."""
    for key, value in settings.items():
        yield from leaves(value, f"{above}{key}.") if isinstance(value, dict) and value else [(f"{above}{key}", value)]


@pytest.fixture(scope="module")
def theirs():
    return get_final_config(user_yaml=ROOT / "_config.yml", cli_config=dict(CLI), sourcedir=ROOT / "book")[0]


@pytest.fixture(scope="module")
def ours():
    return read(ROOT / "_config.yml", ROOT / "book")


def test_every_setting_has_the_value_that_jupyter_book_gives_it(ours, theirs):
    own, given = dict(leaves(ours)), dict(leaves(theirs))
    with_paths = {"html_static_path", "bibtex_bibfiles"}
    for name in with_paths:
        assert own[name] == [str(ROOT / "book" / part) for part in given[name]]
    given["html_css_files"].sort()
    given["html_js_files"].sort()
    for name in own.keys() - with_paths - {"extensions"}:
        assert own[name] == given[name], name


def test_a_book_without_settings_has_the_defaults_of_jupyter_book():
    given = dict(leaves(get_final_config(user_yaml={}, cli_config=dict(CLI))[0]))
    own = {name: value for name, value in leaves(settings({})) if name != "extensions"}
    assert own == {name: given.get(name) for name in own}


def test_what_only_jupyter_book_sets_is_empty_or_unused(ours, theirs):
    own, given = dict(leaves(ours)), dict(leaves(theirs))
    unknown = {name for name in given.keys() - own.keys() if given[name] and not name.startswith("comments_config")}
    assert unknown == UNUSED


def test_the_same_extensions_are_loaded_in_the_same_order(ours, theirs):
    assert set(theirs["extensions"]) >= NOT_LOADED
    assert ours["extensions"] == [name for name in theirs["extensions"] if name not in NOT_LOADED]


def test_a_setting_of_the_book_overrides_one_level_at_a_time():
    options = {"html_theme_options": {"show_toc_level": 2}, "pygments_style": "bw"}
    found = settings({"html": {"extra_footer": "F"}, "sphinx": {"config": options}})
    assert found["html_theme_options"] == {"search_bar_text": "Search this book...", "extra_footer": "F"} | {
        "show_toc_level": 2
    }
    assert found["pygments_style"] == "bw"
    assert settings({})["pygments_style"] == "sphinx"


def test_the_books_own_extensions_are_found():
    assert extension_folders(ROOT / "_config.yml") == [str(ROOT / "book" / "_ext")]
    local = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["local_extensions"]
    assert all((ROOT / "book" / "_ext" / f"{name}.py").is_file() for name in local)


def versions(lock):
    """Name -> the versions a lock allows."""
    found = {}
    for name, version in re.findall(r"^([a-z][\w-]*)==(\S+)", lock, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_the_lock_without_jupyter_book_differs_only_by_sphinx_and_what_it_asks_for():
    old, new = versions(LOCK), versions(NEXT)
    changed = {name for name in old.keys() & new.keys() if old[name] != new[name]}
    assert changed == {
        "docutils", "markdown-it-py", "myst-parser", "pydata-sphinx-theme", "sphinx", "sphinx-book-theme"
    }  # fmt: skip
    assert all(version.startswith("9.") for version in new["sphinx"])
    assert not {"jupyter-book", "sphinx-thebe", "sphinx-comments"} & new.keys()


def test_the_lock_without_jupyter_book_holds_what_the_package_and_the_book_ask_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for name in ("figures", "proofs", "sensitivity") for line in project["optional-dependencies"][name]]
    lines = (ROOT / "environments" / "next.in").read_text(encoding="utf-8").splitlines()
    wanted = [*project["dependencies"], *extras, *(line for line in lines if line and not line.startswith("#"))]
    for one in map(Requirement, wanted):
        assert all(one.specifier.contains(version) for version in versions(NEXT)[one.name.lower()]), one


def test_the_lock_without_jupyter_book_is_hashed_and_names_no_host():
    assert "://" not in NEXT
    assert "index-url" not in NEXT
    for block in re.split(r"\n(?=[a-z])", NEXT.split("\n", 2)[2]):
        assert "--hash=sha256:" in block, block.splitlines()[0]

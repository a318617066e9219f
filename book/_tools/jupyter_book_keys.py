"""Read _config.yml without Jupyter Book: its keys and defaults, as Sphinx and its extensions name them.

Jupyter Book 1 is a layer of names over Sphinx. This table keeps the book buildable without that layer. A key of
_config.yml that the table does not hold is an error, so that no setting is lost in silence.
"""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

Settings = dict[str, Any]

EXTENSIONS = [
    "sphinx_togglebutton",
    "sphinx_copybutton",
    "myst_nb",
    "sphinx_external_toc",
    "sphinx.ext.intersphinx",
    "sphinx_design",
    "sphinx_book_theme",
]
"""What Jupyter Book loads for every book, less what has no use without it."""

DEFAULTS: Settings = {
    "external_toc_path": "_toc.yml",
    "html_sourcelink_suffix": "",
    "html_theme": "sphinx_book_theme",
    "html_theme_options": {"search_bar_text": "Search this book..."},
    "myst_url_schemes": ["mailto", "http", "https"],
    "numfig": True,
    "pygments_style": "sphinx",
    "suppress_warnings": ["myst.domains"],
}
"""What Jupyter Book sets for every book, and Sphinx would not."""

NAMES = {
    "title": "html_title",
    "author": "author",
    "copyright": "copyright",
    "only_build_toc_files": "external_toc_exclude_missing",
    "bibtex_bibfiles": "bibtex_bibfiles",
    "execute.execute_notebooks": "nb_execution_mode",
    "execute.timeout": "nb_execution_timeout",
    "execute.stderr_output": "nb_output_stderr",
    "execute.raise_on_error": "nb_execution_raise_on_error",
    "parse.myst_enable_extensions": "myst_enable_extensions",
    "html.baseurl": "html_baseurl",
    "html.use_multitoc_numbering": "use_multitoc_numbering",
    "html.home_page_in_navbar": "html_theme_options.home_page_in_toc",
    "html.use_issues_button": "html_theme_options.use_issues_button",
    "html.use_repository_button": "html_theme_options.use_repository_button",
    "html.use_edit_page_button": "html_theme_options.use_edit_page_button",
    "html.extra_footer": "html_theme_options.extra_footer",
    "launch_buttons.thebe": "html_theme_options.launch_buttons.thebe",
}
"""Key of _config.yml -> name in Sphinx; a dot goes one level down."""

SPHINX = ("recursive_update", "extra_extensions", "local_extensions", "config")
READ_APART = {"exclude_patterns", *(f"sphinx.{key}" for key in SPHINX)}
"""Keys that :func:`settings` reads without a name of this table; levels are always updated one by one."""

EXCLUDED = ("**.ipynb_checkpoints", ".DS_Store", "Thumbs.db", "_build")
"""What Jupyter Book never reads."""


def read(path: Path, book: Path) -> Settings:
    """Return the settings of a book whose sources are in ``book``, with full paths: bibliography, styles, scripts."""
    found, static = settings(yaml.safe_load(path.read_text(encoding="utf-8"))), book / "_static"
    return found | {
        "bibtex_bibfiles": [str(book / name) for name in found["bibtex_bibfiles"]],
        "html_static_path": [str(static)],
        "html_css_files": sorted(file.relative_to(static).as_posix() for file in static.rglob("*.css")),
        "html_js_files": sorted(file.relative_to(static).as_posix() for file in static.rglob("*.js")),
    }


def extension_folders(path: Path) -> list[str]:
    """Return where the book's own extensions are."""
    sphinx = yaml.safe_load(path.read_text(encoding="utf-8"))["sphinx"]
    return sorted({str(path.parent / folder) for folder in sphinx["local_extensions"].values()})


def settings(config: Settings) -> Settings:
    """Return the settings for Sphinx.

    >>> settings({"execute": {"timeout": 9}})["nb_execution_timeout"]
    9
    >>> settings({"execute": {"time": 9}})
    Traceback (most recent call last):
    KeyError: "_config.yml: no translation of 'execute.time'"
    """
    sphinx, found = config.get("sphinx", {}), deepcopy(DEFAULTS)
    for key, value in _flat(config):
        if key in NAMES:
            _merge(found, _nested(NAMES[key], value))
        elif key not in READ_APART:
            raise KeyError(f"_config.yml: no translation of {key!r}")
    found["exclude_patterns"] = sorted({*EXCLUDED, *config.get("exclude_patterns", ())})
    own = [*sphinx.get("extra_extensions", ()), *sphinx.get("local_extensions", ())]
    found["extensions"] = [*EXTENSIONS, *own, "sphinxcontrib.bibtex"]
    _merge(found, sphinx.get("config", {}))
    return found


def _flat(config: Settings) -> Iterator[tuple[str, Any]]:
    """The keys with their section in front."""
    for key, value in config.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{inner}", given) for inner, given in value.items())
        else:
            yield key, value


def _nested(name: str, value: Any) -> Settings:
    """The setting of a dotted name."""
    for part in reversed(name.split(".")):
        value = {part: value}
    return dict(value)


def _merge(old: Settings, new: Settings) -> None:
    """Put the new settings into the old ones, level by level, as ``recursive_update: true`` has it."""
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(key), dict):
            _merge(old[key], value)
        else:
            old[key] = deepcopy(value)

"""Software that built pages carry inside a Python package: name, version as its own files say, licence."""

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Vendored:
    """One piece of software.

    Attributes:
        name: in the npm registry
        licence: SPDX expression
        package: the Python package that carries it
        file: where its version stands, below ``site-packages``
        pattern: what to search for there; its group is the version
    """

    name: str
    licence: str
    package: str
    file: str
    pattern: str

    def version(self, site: Path) -> str:
        """Return the version that is installed in a folder ``site-packages``.

        Raises:
            ValueError: if the file does not say one version
        """
        found = set(re.findall(self.pattern, (site / self.file).read_text(encoding="utf-8")))
        if len(found) != 1:
            raise ValueError(f"{self.file} should say one version of {self.name}, says {sorted(found) or 'none'}")
        return str(found.pop())


_MATHJAX = "sphinx-mathjax-offline", "sphinx-mathjax-offline/static/mathjax/tex-chtml.js"
_THEME = "pydata-sphinx-theme", "pydata_sphinx_theme/theme/pydata_sphinx_theme/static/scripts/"
_COPY = "sphinx-copybutton", "sphinx_copybutton/_static/clipboard.min.js"

VENDORED = (
    Vendored("mathjax", "Apache-2.0", *_MATHJAX, r'void 0,\w+\.VERSION="(\d+\.\d+\.\d+)"'),
    Vendored("speech-rule-engine", "Apache-2.0", *_MATHJAX, r'\w+\.Variables=\w+,\w+\.VERSION="(\d+\.\d+\.\d+)"'),
    Vendored("bootstrap", "MIT", _THEME[0], _THEME[1] + "bootstrap.js.LICENSE.txt", r"Bootstrap v(\d+\.\d+\.\d+)"),
    Vendored(
        "@fortawesome/fontawesome-free",
        "CC-BY-4.0 AND OFL-1.1 AND MIT",
        _THEME[0],
        _THEME[1] + "fontawesome.js.LICENSE.txt",
        r"Font Awesome Free (\d+\.\d+\.\d+)",
    ),
    Vendored("clipboard", "MIT", *_COPY, r"clipboard\.js v(\d+\.\d+\.\d+)"),
)

"""A small project to reproduce: three pages whose results depend on two numbers in a module beside them."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import reproduce

ROOT = Path(__file__).parents[1]
HEAD = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3, language: python}
---

"""
CELL = "```{{code-cell}} ipython3\n{}\n```\n"
BEGIN = """from pathlib import Path
with Path("executed.txt").open("a") as log:
    log.write("{name}\\n")
import coefficients
from ecolib.results import record
"""
GAIN = 'record("gain", 1 + coefficients.help, unit="1")\nrecord("name", "a name", unit="text")'
CURVE = """import matplotlib.pyplot as plt
plt.plot([0, 1, 2], [1, 1 + coefficients.help, coefficients.help ** 2])
plt.gca().set(xlabel="time", ylabel="gain");
"""
FIGURE = "---\nmystnb: {figure: {name: fig-curve, caption: A curve.}, image: {alt: A line.}}\n---\n"
LOSS = 'record("loss", 3 * coefficients.harm, unit="%")\nrecord("number", 3, unit="count")'


class Project:
    """A folder with a book of three pages; ``gain`` and ``curve`` depend on one coefficient, ``loss`` on another."""

    def __init__(self, folder):
        self.folder = folder
        self.write("requirements-lock.txt", "a==1\n")
        self.write("book/_toc.yml", "format: jb-book\nroot: gain\nchapters:\n  - file: curve\n  - file: loss\n")
        self.write("book/coefficients.py", "help, harm = 0.3, 0.2\n")
        for name, cells in {"gain": [GAIN], "curve": [FIGURE + CURVE], "loss": [LOSS]}.items():
            self.page(name, *cells)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def page(self, name, *cells):
        """Write a page that notes each time that it is executed."""
        cells = [BEGIN.format(name=name), *cells]
        self.write(f"book/{name}.md", HEAD + f"# {name}\n\n" + "\n".join(map(CELL.format, cells)))

    def reproduce(self, *options):
        """Run the command here, and return its exit code."""
        return reproduce.main(list(options), self.folder)

    def copied(self, folder):
        """A copy of the project and of all that is kept of it, without the notes of what was executed."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("executed.txt", "waits"))
        copy = object.__new__(Project)
        copy.folder = folder
        return copy

    def start(self, *options, prefix=(), before=None):
        """Run the command in a process of its own, begun by another command or a function if one is given."""
        code = f"import sys; sys.path[:0] = {sys.path!r}; import reproduce; from pathlib import Path\n"
        code += f"sys.exit(reproduce.main({list(options)!r}, Path({str(self.folder)!r})))"

        def begin():
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background would not hear it
            if before:
                before()

        return subprocess.Popen(
            [*prefix, sys.executable, "-c", code],
            preexec_fn=begin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @property
    def executed(self):
        """The pages in the order in which they were executed, again and again."""
        path = self.folder / "book" / "executed.txt"
        return path.read_text(encoding="utf-8").split() if path.exists() else []

    @property
    def report(self):
        return json.loads((self.folder / "_build" / "reproduction.json").read_text(encoding="utf-8"))

    @property
    def verdicts(self):
        """``page, name`` -> verdict."""
        return {(one["page"], one["name"]): one["verdict"] for one in self.report["results"]}

"""Binder imitated: the environment that repo2docker starts from, and our pins on top.

repo2docker makes its base from a list of conda packages. The Python ones among them have a twin of the same version on
the package index; what is no Python package (a compiler's libraries, node) is left out.
"""

import re
from pathlib import Path

import yaml
from venvs import ROOT, Venv

from environment import TARGET, pins

# Names of conda that the package index spells otherwise; None for what is no package there.
ON_THE_INDEX = {
    "brotli-python": "brotli",
    "cpython": None,
    "jupyterhub-base": "jupyterhub",
    "nbconvert-core": "nbconvert",
    "python": None,
    "python-fastjsonschema": "fastjsonschema",
    "python_abi": None,
}
OF_PYTHON = re.compile(r"/([^/\s]+)-([^-/\s]+)-[^-/\s]*py[^-/\s]*\.(?:conda|tar\.bz2)\b")


def base(lock: str) -> list[str]:
    """Return the Python packages of a list of conda packages, as the package index names them.

    >>> base("https://conda/linux-64/python-fastjsonschema-2.21.2-pyhe01879c_0.conda#1f\\nhttps://conda/zlib-1-hb9_2.conda")
    ['fastjsonschema==2.21.2']
    """
    found = ((ON_THE_INDEX.get(name, name), version) for name, version in OF_PYTHON.findall(lock))
    return [f"{name}=={version}" for name, version in found if name]


def base_of(tools: Venv, python: str) -> list[str]:
    """Return what the repo2docker of an environment starts from, for a Python."""
    where = "import repo2docker.buildpacks.conda as conda; print(conda.HERE)"
    folder = Path(tools.run("python", "-c", where, cwd=tools.folder).strip())
    return base((folder / f"environment.py-{python}-linux-64.lock").read_text(encoding="utf-8"))


def lines(python: str) -> list[str]:
    """Return the lines of the pip section of environment.yml, or for another Python than its own those of the lock."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    _python, _pip, section = yaml.safe_load(text)["dependencies"]
    if _python == f"python={python}":
        return section["pip"]
    lock = (ROOT / "requirements-lock.txt").read_text(encoding="utf-8")
    return pins(lock, TARGET | {"python_version": python, "python_full_version": f"{python}.0"})

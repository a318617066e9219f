"""Name the execution cache after everything that a chapter's output depends on.

jupyter-cache compares the cells of a chapter and nothing else: after a change inside ``ecolib`` it would serve the
old numbers. Here the cache folder is named by a hash of the package, the data beside the chapters, the lock, what is
installed and the Python version, and the same key is a configuration value, so that a change also makes Sphinx read
every page again. The lock is the file that the running environment was installed from; a build in another environment
names it by ``execution_lock``.
"""

import hashlib
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

ROOT = Path(__file__).parents[2]


def package_folder(name: str = "ecolib") -> Path:
    """Return the folder that ``import name`` reads, without importing it."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"no package {name!r}; run: make install")
    return Path(next(iter(spec.submodule_search_locations)))


def execution_key(package: Path, *files: Path, about: str = "") -> str:
    """Hash names and contents of all files below ``package``, of ``files``, the Python version, and a text."""
    digest = hashlib.sha256(".".join(map(str, sys.version_info[:3])).encode() + about.encode())
    for path in [*_sources(package), *files]:
        name = path.relative_to(package) if path.is_relative_to(package) else path.name
        digest.update(f"\0{name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources(package: Path) -> Iterator[Path]:
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def present_key(lock: str = "requirements-lock.txt") -> str:
    """Return the key of package, data, watching tools and lock, of the machine's kind and of what is installed."""
    folders = (ROOT / "book" / "data", ROOT / "book" / "_tools" / "drawn", ROOT / "book" / "_tools" / "reproduction")
    files = [path for folder in folders for path in _sources(folder)]
    installed = sorted({f"{one.name}=={one.version}" for one in distributions()})  # a folder may be on the path twice
    about = "\n".join([platform.machine(), *installed])
    return execution_key(package_folder(), ROOT / lock, *files, about=about)


def prune(root: Path, *, keep: str) -> None:
    """Delete the caches of other keys."""
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.name != keep:
            shutil.rmtree(folder) if folder.is_dir() else folder.unlink()


def name_cache(app: Sphinx, config: Config) -> None:
    """Point myst-nb at the folder of the present key."""
    root = Path(app.outdir).parent / ".jupyter_cache"
    config.execution_key = present_key(config.execution_lock)
    config.nb_execution_cache_path = str(root / config.execution_key)
    prune(root, keep=config.execution_key)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_config_value("execution_key", "", "env")
    app.add_config_value("execution_lock", "requirements-lock.txt", "")
    app.connect("config-inited", name_cache)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

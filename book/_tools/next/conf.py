"""The book on plain Sphinx: the settings of _config.yml, read without Jupyter Book."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "book" / "_tools"))

from jupyter_book_keys import extension_folders, read  # noqa: E402, the folder has to be known first

sys.path += extension_folders(ROOT / "_config.yml")
globals().update(read(ROOT / "_config.yml", ROOT / "book"))

execution_lock = "environments/next.txt"

"""The README tells the truth: its code runs, its figure is the one the code draws, its commands exist."""

import doctest
import re
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from readme_figure import PLACE, draw

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_code_of_the_readme_runs_and_prints_what_it_says() -> None:
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert result.attempted > 10
    assert result.failed == 0


def test_the_figure_of_the_readme_is_the_one_the_code_draws(tmp_path: Path) -> None:
    draw(tmp_path / "readme.png")
    now, then = plt.imread(tmp_path / "readme.png"), plt.imread(PLACE)
    assert now.shape == then.shape
    assert np.abs(now - then).mean() < 0.01


def test_the_commands_of_the_readme_are_targets() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= set(targets)


def test_the_links_of_the_readme_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target

"""A control of an explorer: one number that the reader may change."""

from __future__ import annotations

from dataclasses import dataclass

from ecolib.doors import check_word, real

__all__ = ["Control"]


@dataclass(frozen=True)
class Control:
    """One number that the reader may change, from ``least`` to ``most``.

    Main attributes:
        name : what it is called in addresses and in scripts, letters and digits
        label : what it is called on the page
        symbol : its letter, with an index after an underscore: ``"a_1"``
        least, most, step, default : where it begins, ends, how far it moves at a time, where it stands at first
        unit : its unit in words, empty for none

    Raises:
        TypeError: when a word is no text or a number no number.
        ValueError: when a name has other characters, or the numbers are out of order.

    Example:
        >>> Control("s", "synergy", "s", 0.1, 2.5, 0.05, 1.2).words
        'Synergy, s,'
    """

    name: str
    label: str
    symbol: str
    least: float
    most: float
    step: float
    default: float
    unit: str = ""

    def __post_init__(self) -> None:
        for word in ("name", "label", "symbol", "unit"):
            check_word(word, getattr(self, word))
        if not (self.name.isascii() and self.name.isidentifier()):
            raise ValueError(f"the name of a control must be letters and digits, got {self.name!r:.40}")
        least = real("least", self.least)
        real("most", self.most, above=least)
        real("step", self.step, above=0)
        real("default", self.default, least=least, most=self.most)

    @property
    def words(self) -> str:
        """Label and letter, to begin a sentence with."""
        return f"{self.label[:1].upper()}{self.label[1:]}, {self.symbol}," if self.symbol else self.label

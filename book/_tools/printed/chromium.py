"""Find what printing needs on this machine: Chromium, and a font with Chinese characters."""

import os
import shutil
import subprocess

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "No Chromium was found: neither {} is on the path, nor is CHROMIUM set.\n"
    "Debian and Ubuntu: apt-get install chromium. Elsewhere install Chromium or Chrome and name its program: "
    "make pdf CHROMIUM=/path/to/chromium"
)
NOT_A_PROGRAM = "CHROMIUM names {!r}, which is not a program that can be run. Name one, or unset it."
NO_FONT = (
    "No font with Chinese characters is installed (fc-list :lang=zh lists none); the paper's terms would be empty "
    "boxes.\nDebian and Ubuntu: apt-get install --no-install-recommends fonts-wqy-microhei"
)


class MissingError(Exception):
    """Something that printing needs is not there; the message says what, and how to get it."""


def find_browser() -> str:
    """Return the program of the browser: the one that ``CHROMIUM`` names, else the first on the path.

    Raises:
        MissingError: when there is none.
    """
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise MissingError(NOT_A_PROGRAM.format(named))
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise MissingError(NO_BROWSER.format(", ".join(BROWSERS)))


def chinese_fonts() -> list[str] | None:
    """Return the families that fontconfig knows to hold Chinese; None where there is no fontconfig to ask."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    listed = subprocess.run([program, ":lang=zh", "family"], capture_output=True, text=True, check=True).stdout
    return sorted({line.split(",")[0].strip() for line in listed.splitlines() if line.strip()})


def check_fonts() -> None:
    """Raise unless Chinese can be printed, as far as can be told.

    Raises:
        MissingError: when fontconfig knows no font with Chinese.
    """
    if chinese_fonts() == []:
        raise MissingError(NO_FONT)

"""Write environment.yml, for conda and Binder, from requirements-lock.txt.

The lock holds every platform and Python; the file written here holds its versions for Python 3.12 on Linux, as
plain ``name==version`` lines: conda does not read hashes, and reads included files from the wrong folder.
"""

from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
TARGET = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": "3.12.12",
    "python_version": "3.12",
    "sys_platform": "linux",
}
HEAD = """\
# Written by `make lock` from requirements-lock.txt; not edited by hand.
name: ecolib
channels: [conda-forge]
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def pins(lock: str, target: dict[str, str] = TARGET) -> list[str]:
    r"""Return ``name==version`` for what the lock installs on the target.

    >>> pins("six==1.17.0 \\\n    --hash=sha256:0\nappnope==1.0 ; sys_platform == 'darwin'")
    ['six==1.17.0']
    """
    lines = (line.removesuffix("\\").strip() for line in lock.splitlines() if line[:1].isalpha())
    wanted = (Requirement(line) for line in lines)
    return [f"{one.name}{one.specifier}" for one in wanted if one.marker is None or one.marker.evaluate(target)]


def environment(lock: str) -> str:
    """Return the text of environment.yml."""
    return HEAD + "".join(f"      - {pin}\n" for pin in pins(lock))


if __name__ == "__main__":
    lock_text = (ROOT / "requirements-lock.txt").read_text(encoding="utf-8")
    (ROOT / "environment.yml").write_text(environment(lock_text), encoding="utf-8")

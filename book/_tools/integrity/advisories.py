"""Ask for the advisories on a lock, through pip-audit, and never take silence for good news.

pip-audit calls a package that the service does not know "skipped", says "no known vulnerabilities" when all are
skipped, and ends with the same code for a vulnerability and for a service that it cannot reach. So only its answers
are read: what has no answer has not been asked.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from integrity.locks import Pin


@dataclass
class Answer:
    """What a service said.

    Attributes:
        known: the advisories on a pin, ``"a 1.0"`` -> a line for each
        unasked: why there is no answer on a pin, ``"a 1.0"`` -> reason
    """

    known: dict[str, list[str]] = field(default_factory=dict)
    unasked: dict[str, str] = field(default_factory=dict)


def ask(found: Iterable[Pin], program: Path, options: Sequence[str], *, timeout: float = 900) -> Answer:
    """Ask a service for the advisories on all pins, those for other platforms included.

    Parameters:
        found: the pins
        program: pip-audit
        options: of pip-audit, for the service: ``("--vulnerability-service", "pypi")``
        timeout: seconds, for each run
    """
    answer = Answer()
    for part in rounds(found):
        answers, reason = _run(part, program, options, timeout)
        for pin in part:
            said = answers.get(pin.name, {"skip_reason": reason})
            if "skip_reason" in said or said.get("version") != pin.version:
                why = said.get("skip_reason") or f"the answer is on version {said.get('version')}"
                answer.unasked[pin.title] = why.removesuffix(f": {pin.name} ({pin.version})")
            elif said["vulns"]:
                answer.known[pin.title] = [_line(one) for one in said["vulns"]]
    return answer


def rounds(found: Iterable[Pin]) -> Iterator[list[Pin]]:
    """Yield the pins in lists that name no package twice, as pip-audit takes them.

    >>> [[pin.version for pin in part] for part in rounds([Pin("a", "1", ()), Pin("a", "2", ()), Pin("b", "3", ())])]
    [['1', '3'], ['2']]
    """
    left = list(found)
    while left:
        part = list({pin.name: pin for pin in reversed(left)}.values())[::-1]
        yield part
        left = [pin for pin in left if pin not in part]


def _run(part: Sequence[Pin], program: Path, options: Sequence[str], timeout: float) -> tuple[dict[str, Any], str]:
    """The answers by name, and in words why there are no more."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder, "asked.txt")
        asked.write_text("".join(f"{pin.name}=={pin.version} {_hashes(pin)}\n" for pin in part), encoding="utf-8")
        own = ["--cache-dir", str(Path(folder, "cache")), "--progress-spinner", "off", "--format", "json"]
        command = [str(program), "--require-hashes", "--disable-pip", "--requirement", str(asked), *own, *options]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False, env=_settings())
        except OSError as error:
            return {}, f"{program.name} does not run: {error}"
        except subprocess.TimeoutExpired:
            return {}, f"no answer within {timeout:g} s"
    try:
        return {one["name"]: one for one in json.loads(run.stdout)["dependencies"]}, "there is no answer on it"
    except (json.JSONDecodeError, KeyError, TypeError):
        return {}, (run.stderr.strip().splitlines() or [f"exit {run.returncode}"])[-1][-300:]


def _hashes(pin: Pin) -> str:
    return " ".join(f"--hash={one}" for one in pin.hashes)


def _settings() -> dict[str, str]:
    """The variables of this process, less the settings of pip-audit."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PIP_AUDIT_")}


def _line(advisory: dict[str, Any]) -> str:
    names = " = ".join([advisory["id"], *advisory.get("aliases", ())])
    mended = ", ".join(advisory.get("fix_versions", ())) or "no version"
    return f"{names}, mended in {mended}: {advisory.get('description', '')[:200]}"

"""Audit the locks: are they whole, is the environment what they say, are there advisories on what they pin?

    python book/_tools/audit.py              all three questions
    python book/_tools/audit.py --offline    the first two, which need no network

Exit code 0: nothing is wrong and no advisory is known. 1: something is wrong or an advisory is known; each is listed.
3: nothing is known to be wrong, but advisories could not be had, of some versions or all.
"""

import argparse
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

from integrity.advisories import Answer, ask
from integrity.installed import altered, differences, installed, record, strays
from integrity.locks import Pin, faults, here, pins

ROOT = Path(__file__).parents[2]
FINE, WRONG, UNKNOWN = 0, 1, 3
SERVICES: dict[str, tuple[str, ...]] = {
    "PyPI": ("--vulnerability-service", "pypi"),
    "OSV": ("--vulnerability-service", "osv"),
}


def locks(root: Path) -> list[Path]:
    """Return the locks of the repository: the book's own, and those of the environments beside it."""
    return [root / "requirements-lock.txt", *sorted((root / "environments").glob("*.txt"))]


def audit_locks(paths: Sequence[Path]) -> list[str]:
    """Return what is wrong with the locks."""
    found = [f"{path.name}: {fault}" for path in paths for fault in faults(path.read_text(encoding="utf-8"))]
    if not found:
        print(f"Locks: {', '.join(path.name for path in paths)}; every line is one version with SHA-256 hashes.")
    return found


def audit_environment(site: Path, lock: Path) -> list[str]:
    """Return where the environment is not the lock, and which of its files are not what was installed."""
    found = installed(site)
    wrong = list(differences(here(lock.read_text(encoding="utf-8")), found))
    wrong += [fault for one in found for fault in altered(one)]
    wrong += strays(site, found)
    if not wrong:
        files = sum(len(record(one)) for one in found)
        print(f"Environment: {len(found)} packages as {lock.name} has them, {files} files as they were installed.")
    return wrong


def ask_services(found: Sequence[Pin], program: Path, services: Mapping[str, Sequence[str]]) -> Answer:
    """Ask one service after the other, each for what the one before it did not answer."""
    answer = Answer(unasked={pin.title: "" for pin in found})
    for service, options in services.items():
        said = ask([pin for pin in found if pin.title in answer.unasked], program, options)
        answer.known |= said.known
        answer.unasked = {pin: f"{answer.unasked[pin]} {service}: {why}.".strip() for pin, why in said.unasked.items()}
    return answer


def tell(answer: Answer, total: int) -> int:
    """Print what is known, and what is not, of so many pins; return the exit code."""
    asked = total - len(answer.unasked)
    for pin, advisories in answer.known.items():
        print(f"Vulnerable: {pin}", *advisories, sep="\n    ")
    if asked:
        print(f"Advisories: asked for {asked} of {total} versions; there are some on {len(answer.known)} of these.")
    if answer.unasked:
        print(f"Advisories: could not ask for {len(answer.unasked)} of {total} versions.")
        print(*dict.fromkeys(answer.unasked.values()), sep="\n")
        print(f"Nothing is known about vulnerabilities of {', '.join(answer.unasked) if asked else 'any of them'}.")
    return WRONG if answer.known else UNKNOWN if answer.unasked else FINE


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Audit, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offline", action="store_true", help="ask for no advisories")
    parser.add_argument("--osv-url", help="ask only this service, which speaks as OSV does")
    parser.add_argument("--pip-audit", type=Path, default=root / ".venv-tools/bin/pip-audit")
    parser.add_argument("--site", type=Path, default=Path(sysconfig.get_path("purelib")), help="folder of packages")
    options = parser.parse_args(arguments)
    if wrong := audit_locks(locks(root)) or audit_environment(options.site, root / "requirements-lock.txt"):
        print("Wrong:", *wrong, sep="\n    ")
    if options.offline:
        print("Advisories: not asked for.")
        return WRONG if wrong else FINE
    services = {"OSV": (*SERVICES["OSV"], "--osv-url", options.osv_url)} if options.osv_url else SERVICES
    found = {} if wrong else {pin.title: pin for path in locks(root) for pin in pins(path.read_text(encoding="utf-8"))}
    return WRONG if wrong else tell(ask_services([*found.values()], options.pip_audit, services), len(found))


if __name__ == "__main__":
    sys.exit(main())

"""List what the book consists of, as a CycloneDX bill of materials.

CycloneDX's own programs write two lists, one of the lock (names, versions, hashes) and one of the environment (the
same names, with licences). Here they are joined, the software that built pages carry is added, and the dependencies
are those that the lock names. Nothing in the list depends on when or where it was written.
"""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_OID, uuid5

from packaging.utils import canonicalize_name

from integrity.locks import Pin, here
from integrity.vendored import VENDORED

if TYPE_CHECKING:
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component

SPECIFICATION = "1.7"
ASKED = """
import json, sysconfig
from packaging.markers import default_environment
print(json.dumps([sysconfig.get_path("purelib"), default_environment()]))
"""


@dataclass(frozen=True)
class Environment:
    """An environment that an interpreter describes.

    Attributes:
        python: the interpreter
        site: the folder of its packages
        place: its platform and version, in the words of markers
    """

    python: Path
    site: Path
    place: Mapping[str, str]

    @classmethod
    def of(cls, python: Path) -> "Environment":
        """Ask the interpreter."""
        run = subprocess.run([str(python), "-c", ASKED], capture_output=True, text=True, check=True)
        site, place = json.loads(run.stdout)
        return cls(python, Path(site), place)


def bill(root: Path, environment: Environment, programs: Path) -> str:
    """Return the bill of materials of the repository, in JSON, checked against its schema.

    Parameters:
        root: of the repository
        environment: where the lock is installed
        programs: the folder of the program ``cyclonedx-py``

    Raises:
        ValueError: if the environment is not the lock, or the result does not obey the schema
    """
    from cyclonedx.model.bom import Bom

    path, project = root / "requirements-lock.txt", root / "pyproject.toml"
    described = ["--pyproject", str(project), "--mc-type", "library", str(environment.python)]
    bom = Bom.from_json(_run(programs, "environment", *described))
    locked = Bom.from_json(_run(programs, "requirements", str(path)))
    lock = path.read_text(encoding="utf-8")
    pins = here(lock, environment.place)
    components = _joined(bom, locked, pins)
    _depend(bom, components, pins)
    _vendor(bom, components, environment.site)
    named = f"{bom.metadata.component.version}\0{sorted(environment.place.items())}\0{lock}"
    bom.serial_number = uuid5(NAMESPACE_OID, sha256(named.encode()).hexdigest())
    bom.metadata.timestamp = None
    return _text(bom)


def _run(programs: Path, *arguments: str) -> dict[str, Any]:
    command = [str(programs / "cyclonedx-py"), *arguments, "--sv", SPECIFICATION, "--output-reproducible"]
    settings = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=settings)
    return dict(json.loads(run.stdout))


def _joined(bom: "Bom", locked: "Bom", pins: Mapping[str, Pin]) -> dict[str, "Component"]:
    """Keep the components that are pinned, and give each the hashes that the lock has; return them by name."""
    found: dict[str, Component] = {canonicalize_name(one.name): one for one in bom.components}
    versions = {name: one.version for name, one in found.items()}
    if missing := [pin.title for name, pin in pins.items() if versions.get(name) != pin.version]:
        raise ValueError(f"not installed: {', '.join(missing)}; run: make install")
    hashed = {f"{canonicalize_name(one.name)} {one.version}": one.external_references for one in locked.components}
    for name, pin in pins.items():
        found[name].external_references.update(hashed[pin.title])
    bom.components = [found[name] for name in pins]
    return {name: found[name] for name in pins}


def _depend(bom: "Bom", components: Mapping[str, "Component"], pins: Mapping[str, Pin]) -> None:
    """Write who asked for whom: the project for what it lists, a package for what the lock says."""
    needs: dict[str, list[Component]] = {name: [] for name in ("", *components)}
    for name, pin in pins.items():
        for parent in pin.parents:
            of = "" if parent.startswith("-r ") else str(canonicalize_name(parent))
            needs.get(of, []).append(components[name])
    bom.dependencies = []
    for name, needed in needs.items():
        bom.register_dependency(components[name] if name else bom.metadata.component, needed)


def _vendor(bom: "Bom", components: Mapping[str, "Component"], site: Path) -> None:
    """Add what built pages carry, as what its Python package needs."""
    from cyclonedx.factory.license import LicenseFactory
    from cyclonedx.model import Property
    from cyclonedx.model.component import Component, ComponentType
    from packageurl import PackageURL

    for one in VENDORED:
        version = one.version(site)
        group, _, name = one.name.rpartition("/")
        component = Component(
            name=name,
            group=group or None,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=f"{one.name}@{version}",
            purl=PackageURL("npm", group or None, name, version),
            licenses=[LicenseFactory().make_from_string(one.licence)],
            properties=[Property(name="carried-by", value=one.package), Property(name="part-of", value="built pages")],
        )
        bom.components.add(component)
        bom.register_dependency(component)
        bom.register_dependency(components[one.package], [component])


def _text(bom: "Bom") -> str:
    from cyclonedx.output import make_outputter
    from cyclonedx.schema import OutputFormat, SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    version = SchemaVersion.from_version(SPECIFICATION)
    text = make_outputter(bom, OutputFormat.JSON, version).output_as_string(indent=2)
    if error := JsonStrictValidator(version).validate_str(text):
        raise ValueError(f"the list does not obey CycloneDX {SPECIFICATION}: {error}")
    return f"{text}\n"

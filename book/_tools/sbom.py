"""Write _build/sbom.json: what the book consists of, as a CycloneDX bill of materials.

    .venv-tools/bin/python book/_tools/sbom.py --python .venv/bin/python

It runs in the environment of ``environments/tools.txt`` and looks at the environment of the interpreter named.
"""

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from integrity.bom import Environment, bill

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, default=ROOT / ".venv/bin/python")
    parser.add_argument("--output", type=Path, default=ROOT / "_build/sbom.json")
    options = parser.parse_args()
    if find_spec("cyclonedx") is None:
        parser.exit(1, f"This Python has no CycloneDX. Use: .venv-tools/bin/python {' '.join(sys.argv)}\n")
    text = bill(ROOT, Environment.of(options.python), Path(sys.executable).parent)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text, encoding="utf-8")
    print(f"Components: {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

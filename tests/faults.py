"""The table of faults in CONTRIBUTING.md: a row for each fault that the tests try, with what came of it.

A test states its row with :func:`row` after it has seen everything in it happen. ``make faults`` writes the table;
otherwise a row that is not in the table fails its test.
"""

import os
from pathlib import Path

TABLE = Path(__file__).parents[1] / "CONTRIBUTING.md"
BEGIN, END = "<!-- faults -->\n", "<!-- end of faults -->\n"
HEAD = "| fault | what is said | afterwards |\n| --- | --- | --- |\n"
WRITE = "WRITE_FAULTS"


def row(fault, said, afterwards):
    """State a row: the fault, what the user is told, and what was kept and how the next run went on."""
    line = f"| {fault} | {said} | {afterwards} |\n"
    before, _, rest = TABLE.read_text(encoding="utf-8").partition(BEGIN)
    table, _, after = rest.partition(END)
    if os.environ.get(WRITE):
        rows = {one for one in table.splitlines(keepends=True)[2:] if not one.startswith(f"| {fault} |")} | {line}
        TABLE.write_text(f"{before}{BEGIN}{HEAD}{''.join(sorted(rows))}{END}{after}", encoding="utf-8")
    else:
        assert line in table, "this row is not in CONTRIBUTING.md; run: make faults"

"""Execute the pages of the book, keep what they give, and compare it with what is on record.

A **result** is a number or text that a chapter records, or the **fingerprint** of what a figure shows on one axis. The
results on record stand in ``book/results.json``; a **report** says of each whether executing the pages again gave it.
Pages that have been executed are kept in the **cache**, which the build of the book reads too. The cache is named by
everything that a page's output depends on, so that nothing stale is shown.
"""

import sys
from pathlib import Path

# execution_cache names the cache here and in the build, whose extensions live beside the tools.
sys.path.append(str(Path(__file__).parents[2] / "_ext"))

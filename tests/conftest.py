"""Settings that every test shares."""

import os

from hypothesis import settings

# Without a deadline, since the first call of a compiled function is slow; the same draws in every CI run.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True, max_examples=200)
settings.load_profile("ci" if os.environ.get("CI") else "local")

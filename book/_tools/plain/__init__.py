"""Turn MyST Markdown into Markdown that any Jupyter front end shows: no directive, no role, nothing unresolved."""

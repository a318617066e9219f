"""Section 2 of the paper: how the open innovation ecosystem is built (构建)."""

"""Every public function of `ecolib` under arguments of three tempers: `python -m fuzz` in `tests/`."""

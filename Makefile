# Each target works from a fresh clone with Python 3.11 to 3.13 and make.
PYTHON ?= python3
BIN := .venv/bin
BOOK := $(BIN)/jupyter-book build book --config _config.yml --path-output . -W -n --keep-going

# Certificates as the machine has them; settings of the reader's own matplotlib and IPython kept out.
export UV_SYSTEM_CERTS ?= true
export MPLCONFIGDIR := $(CURDIR)/.venv/matplotlib
export IPYTHONDIR := $(CURDIR)/.venv/ipython
export PYDEVD_DISABLE_FILE_VALIDATION := 1

# Small matrices are slower on several threads than on one.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help install book test lint notebooks reproduce bench clean lock
.DEFAULT_GOAL := help

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*##/\1\t/p' Makefile

install: .venv/ready  ## make .venv from the lock

book: install  ## build the book; any warning, error output or failing cell stops it
	$(BOOK)
	@echo "The book: $(CURDIR)/_build/html/index.html"

test: lint  ## lint, then every test
	$(BIN)/python -m pytest

lint: install  ## style, types, import floors, spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

notebooks: install  ## write notebooks/ from the chapters
	$(BIN)/python book/_tools/notebooks.py

reproduce: install  ## every figure and number again, from nothing
	rm -rf _build
	$(MAKE) book

bench: install  ## measure
	for file in benchmarks/*.py; do $(BIN)/python $$file || exit 1; done

clean:  ## remove the build and the environment
	rm -rf _build .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

lock: install  ## pin requirements.in anew; newer versions: make lock UV_FLAGS=--upgrade
	$(BIN)/uv pip compile requirements.in -o requirements-lock.txt --universal --python-version 3.11 \
	    --generate-hashes $(UV_FLAGS) --custom-compile-command "make lock" --quiet
	$(BIN)/python book/_tools/environment.py

.venv/ready: requirements-lock.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else \
	    "Python 3.11 or newer is needed, this is %d.%d. Name one: make PYTHON=python3.12" % v[:2])'
	$(PYTHON) -m venv --clear .venv
	sed -n '/^uv==/,/[^\\]$$/p' requirements-lock.txt > .venv/uv.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes -r requirements-lock.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -c 'import matplotlib.font_manager'
	@touch $@

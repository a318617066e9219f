# Each target works from a fresh clone with Python 3.11 to 3.13 and make.
PYTHON ?= python3
BIN := .venv/bin
EXECUTE := $(BIN)/python book/_tools/reproduce.py
BOOK := $(BIN)/jupyter-book build book --config _config.yml --path-output . -W -n --keep-going

# Certificates as the machine has them; settings of the reader's own matplotlib and IPython kept out.
export UV_SYSTEM_CERTS ?= true
export MPLCONFIGDIR := $(CURDIR)/.venv/matplotlib
export IPYTHONDIR := $(CURDIR)/.venv/ipython
export PYDEVD_DISABLE_FILE_VALIDATION := 1

# Small matrices are slower on several threads than on one.
export OPENBLAS_NUM_THREADS ?= 1

NEXT := .venv-next/bin/python -m sphinx -T -b html -c book/_tools/next -d _build/next/.doctrees -W -n --keep-going \
    book _build/next/html
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
    --custom-compile-command "make lock" $(UV_FLAGS)
FUZZ_SECONDS ?= 600

# A folder of its own for every run: what other runs left in a shared one can break it.
PYTEST := scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && $(BIN)/python -m pytest --basetemp="$$scratch/tests"

.PHONY: help install book pdf book-next test test-browser test-long lint fuzz faults notebooks reproduce audit sbom bench clean lock
.DEFAULT_GOAL := help

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' Makefile

install: .venv/ready  ## make .venv from the lock

book: install  ## build the book; any warning, error output, failing cell or changed result is an error
	$(EXECUTE)
	$(BOOK)
	$(BIN)/python book/_tools/pack.py
	@touch _build/built
	@echo "The book: $(CURDIR)/_build/html/index.html"
	$(EXECUTE) --verdict

pdf: book  ## print the book: one tagged PDF with outline; needs Chromium and a font with Chinese
	$(BIN)/python book/_tools/pdf.py

reproduce: install  ## every figure and number again, from nothing; any difference is an error
	$(EXECUTE) --from-nothing
	$(BOOK)
	$(BIN)/python book/_tools/pack.py
	@touch _build/built
	@echo "The report: $(CURDIR)/_build/html/reproducibility.html"
	$(EXECUTE) --verdict

notebooks: install  ## put all results on record, write notebooks/ from the chapters
	$(EXECUTE) --record
	$(BIN)/python book/_tools/notebooks.py

test: lint  ## lint, then every test
	$(PYTEST)

test-browser: pdf  ## every page of the built book and the PDF in Chromium: quiet, accessible, live, searchable
	$(PYTEST) tests/browser --durations=5

test-long: install .venv-tools/ready  ## Binder, lowest versions, other environments, twice the same book: needs a package index
	$(PYTEST) tests/long --durations=0

lint: install  ## style, types, import floors, spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

fuzz: install  ## every public function under odd arguments, ten minutes of CPU (FUZZ_FLAGS="--seed 7")
	PYTHONPATH=tests $(BIN)/python -m fuzz --seconds $(FUZZ_SECONDS) $(FUZZ_FLAGS)

faults: install  ## write the table of faults in CONTRIBUTING.md from the tests that try them
	WRITE_FAULTS=1 $(BIN)/python -m pytest tests/test_faults.py tests/test_sweeps_faults.py tests/test_sweeps_store.py \
	    tests/test_sweeps_cluster.py

book-next: .venv-next/ready  ## build the book on plain Sphinx 9, without Jupyter Book; compare with that of make book
	$(NEXT)
	@echo "The book on plain Sphinx: $(CURDIR)/_build/next/html/index.html"
	.venv-next/bin/python book/_tools/same_book.py _build/html _build/next/html

audit: install .venv-tools/ready  ## hashes of the lock and of what is installed; known vulnerabilities
	$(BIN)/python book/_tools/audit.py

sbom: install .venv-tools/ready  ## what the book is made of, as CycloneDX: _build/sbom.json
	.venv-tools/bin/python book/_tools/sbom.py

bench: install  ## measure
	for file in benchmarks/*.py; do $(BIN)/python $$file || exit 1; done

clean:  ## remove the build and the environment
	rm -rf _build .venv .venv-* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

lock: install  ## pin requirements.in and environments/ anew; newer versions: make lock UV_FLAGS=--upgrade
	$(COMPILE) requirements.in -o requirements-lock.txt
	sed -n '/^[a-z]/s/ \\$$//p' requirements-lock.txt \
	    | grep -vE '^(sphinx|docutils|myst|pydata-sphinx-theme|markdown-it-py|mdit-py-plugins)' > .venv/kept.txt
	$(COMPILE) environments/next.in pyproject.toml --extra figures --extra proofs --extra sensitivity --extra speed --extra sweeps --extra cluster \
	    -c .venv/kept.txt --no-annotate -o environments/next.txt
	$(COMPILE) environments/tools.in -o environments/tools.txt
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

.venv-tools/ready: environments/tools.txt .venv/ready
	$(PYTHON) -m venv --clear --without-pip .venv-tools
	VIRTUAL_ENV=.venv-tools $(BIN)/uv pip install --quiet --require-hashes -r environments/tools.txt
	@touch $@

# Plain Sphinx does not lean on .venv: it must work when Jupyter Book no longer installs.
.venv-next/ready: environments/next.txt
	$(PYTHON) -m venv --clear .venv-next
	sed -n '/^uv==/,/[^\\]$$/p' environments/next.txt > .venv-next/uv.txt
	.venv-next/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv-next/uv.txt
	VIRTUAL_ENV=.venv-next .venv-next/bin/uv pip install --quiet --require-hashes -r environments/next.txt
	VIRTUAL_ENV=.venv-next .venv-next/bin/uv pip install --quiet --no-deps --no-build-isolation -e .
	.venv-next/bin/python -c 'import matplotlib.font_manager'
	@touch $@

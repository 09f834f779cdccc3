# The two commands of the README are `make run` and `make test`; `make help` lists the rest.
PORT ?= 8000
PYTHON ?= $(firstword $(foreach candidate,python3.11 python3 python3.13 python3.12 python3.14,\
	$(shell $(candidate) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(candidate))))

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.installed
DEVELOPMENT := $(VENV)/.installed-development
REQUIREMENTS := pyproject.toml constraints.txt
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet
PROCESSES ?= auto

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint format docs coverage bench wheel clean

help:
	@echo 'make run       set up, load the reference data on first start, serve on http://127.0.0.1:$(PORT)'
	@echo 'make test      everything, from nothing: static checks, then the tests with coverage'
	@echo 'make check     the same as make test'
	@echo 'make lint      the static checks only'
	@echo 'make format    rewrite Python and Turtle in their canonical form'
	@echo 'make docs      write the parts of the documentation that the code knows'
	@echo 'make coverage  coverage of the whole package, after make test'
	@echo 'make bench     the benchmarks in a small size (see benchmarks/README.md)'
	@echo 'make wheel     build the wheel into dist/'
	@echo 'make clean     remove environments, builds and caches (never a store)'

# Stamp files keep later starts fast: pip runs only when a requirement changed.
$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'Orthogramic needs Python 3.11 or later: none found' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): $(REQUIREMENTS) | $(BIN)/python
	$(PIP) --editable .
	@touch $@

$(DEVELOPMENT): $(REQUIREMENTS) | $(BIN)/python
	$(PIP) --editable '.[dev]'
	@touch $@ $(RUNTIME)

run: $(RUNTIME)
	@exec $(BIN)/orthogramic serve --load-reference --port $(PORT)

# The tests run even where a static check fails: both verdicts are wanted, the tests' own last.
test: $(DEVELOPMENT)
	@status=0; \
	$(MAKE) --no-print-directory lint || status=1; \
	$(BIN)/python -m pytest --numprocesses=$(PROCESSES) --dist=worksteal --hypothesis-profile=ci \
		--cov --cov-report=term || status=1; \
	exit $$status

check: test

lint: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/format_turtle.py --check

format: $(DEVELOPMENT)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python tools/format_turtle.py

docs: $(DEVELOPMENT)
	$(BIN)/python tools/generate_docs.py

coverage: $(DEVELOPMENT)
	$(BIN)/coverage report --include='*/orthogramic/*' --fail-under=0

bench: $(DEVELOPMENT)
	$(BIN)/python -m benchmarks.load --entities 1000 --runs 2
	$(BIN)/python -m benchmarks.answers

wheel: $(DEVELOPMENT)
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache benchmarks/output
	find src tests benchmarks -name __pycache__ -type d -exec rm -rf {} +

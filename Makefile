# Everything starts from git, make and python3 with venv; the rest is installed into .venv from the hashed lock files.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST_ARGS ?=
# One more than two cores have work for: many tests wait for a process to start, or for a search to be under way.
TEST_PROCESSES ?= 3
BENCH_ARGS ?=
UV_VERSION := 0.13.9

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
BENCH := $(VENV)/.bench-installed
CLIENTS := $(VENV)/clients/.installed
TYPESCRIPT := tests/service/clients
COMPILE := $(BIN)/uv pip compile --no-config --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help install serve test lint types contracts unit bench bench-quick fmt lock clean

help:
	@echo "make serve      run the server on http://$(HOST):$(PORT) (variables HOST, PORT)"
	@echo "make install    make the environment; the command is then $(BIN)/counterpull"
	@echo "make test       lint, types, import contracts and tests; those on PostgreSQL need its server (README, Develop)"
	@echo "make lint       ruff: rules and format"
	@echo "make types      mypy, strict"
	@echo "make contracts  who may import whom"
	@echo "make unit       pytest only (variables PYTEST_ARGS, TEST_PROCESSES)"
	@echo "make bench      measure the search beside its peers, an hour or more (variable BENCH_ARGS);"
	@echo "                make bench-quick does a part of it in under 3 minutes"
	@echo "make fmt        format and fix what ruff can fix"
	@echo "make lock       renew the lock files from pyproject.toml"
	@echo "make clean      remove the environment and every cache"

install: $(RUNTIME)

serve: $(RUNTIME)
	exec $(BIN)/counterpull serve --host $(HOST) --port $(PORT)

test: lint types contracts unit

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

contracts: $(DEV)
	$(BIN)/lint-imports

# The tests start the command many times: without compiled modules every start would compile all of them.
unit: export PYTHONDONTWRITEBYTECODE :=
unit: $(DEV) $(CLIENTS)
	$(BIN)/python -m pytest --numprocesses $(TEST_PROCESSES) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

bench: $(BENCH)
	$(BIN)/python -m tests.bench $(BENCH_ARGS)

bench-quick: $(BENCH)
	$(BIN)/python -m tests.bench --quick $(BENCH_ARGS)

fmt: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(RUNTIME)
	$(PIP) install --quiet uv==$(UV_VERSION)
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) pyproject.toml --extra bench --constraint requirements-dev.lock --output-file requirements-bench.lock
	$(COMPILE) --group build --output-file requirements-build.lock
	$(COMPILE) --group clients --output-file requirements-clients.lock
	@command -v npm >/dev/null || echo "There is no npm here: $(TYPESCRIPT)/package-lock.json stays as it is." >&2
	! command -v npm >/dev/null || npm --prefix $(TYPESCRIPT) install --package-lock-only --ignore-scripts --silent

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is kept as long as it starts, is new enough and was made for this very directory.
USABLE = grep -qsF "$(CURDIR)/$(VENV)" $(VENV)/pyvenv.cfg && \
	$(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
$(shell $(USABLE) || rm -f $(RUNTIME) $(DEV) $(BENCH) $(CLIENTS))
# What was left out for want of npm is made up for when there is one.
$(shell ! command -v npm >/dev/null || test -d $(VENV)/clients/node_modules || rm -f $(CLIENTS))

$(RUNTIME): requirements.lock requirements-build.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Counterpull needs Python 3.11 or newer, and there is no $(PYTHON) here." \
		"Install it, or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Counterpull needs Python 3.11 or newer;" \
		"$(PYTHON) is $$($(PYTHON) --version 2>&1). Install a newer one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module." \
		"Install it (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@$(USABLE) || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements.lock -r requirements-build.lock
	$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(BENCH): requirements-bench.lock $(RUNTIME)
	$(PIP) install --quiet --require-hashes -r requirements-bench.lock
	@touch $@

# What makes typed clients, in an environment of its own; the part for TypeScript only where there is npm.
$(CLIENTS): requirements-clients.lock $(TYPESCRIPT)/package-lock.json | $(RUNTIME)
	$(BIN)/python -m venv --clear $(VENV)/clients
	$(VENV)/clients/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-clients.lock
	cp $(TYPESCRIPT)/package.json $(TYPESCRIPT)/package-lock.json $(VENV)/clients
	@command -v npm >/dev/null || echo "There is no npm here: the tests of the TypeScript client will be left out." >&2
	! command -v npm >/dev/null || npm --prefix $(VENV)/clients ci --ignore-scripts --silent
	@touch $@

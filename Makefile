# The verbs of this checkout. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup
NODE := .cache/node

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test quick check fmt bench lock clean lint system

help:
	@echo "Verbs:"
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "  make %-7s %s\n", $$1, $$2 }'

demo: $(VENV)/runs ## see it work: build the graph, make its page, ask a question
	@PATH="$(CURDIR)/$(BIN):$$PATH" tools/demo.sh

test: system $(VENV)/tests $(NODE)/ready lint ## everything: install what is needed, lint, all tests (10 minutes)
	$(PYTEST)

quick: $(VENV)/tests ## the everyday tests, without browsers, servers, reasoners and wheels (3 minutes)
	$(PYTEST) -m 'not slow'

check: lint ## lint the code, and check the graph and the form of its files
	$(BIN)/kzgraph check
	$(BIN)/kzgraph fmt --check

fmt: $(VENV)/tests ## bring the code's imports and the graph's files into their one form
	$(BIN)/ruff check --fix --exit-zero --quiet
	$(BIN)/kzgraph fmt

bench: $(VENV)/tests ## measure start-up, building, queries and growth, as ratios in one run
	$(BIN)/python -m bench

lock: $(VENV)/tests ## renew the lock files with the newest versions
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate --no-header \
	  --group test pyproject.toml --output-file $(VENV)/lock
	{ sed -n 1p requirements.lock; cat $(VENV)/lock; } > $(VENV)/lock.new
	mv $(VENV)/lock.new requirements.lock
	cd tools && npm update --package-lock-only --omit-lockfile-registry-resolved --silent

clean: ## remove everything that is made here: build, dist, caches and .venv
	rm -rf build dist $(VENV) .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find kzgraph tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

lint: $(VENV)/tests
	$(BIN)/ruff check
	$(BIN)/mypy

system:
	@PYTHON="$(PYTHON)" tools/install-system.sh

# .venv is made anew when a dependency changes: `runs` has what kzgraph needs, `tests` what the tests need as well.
$(VENV)/runs: pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kzgraph needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --constraint requirements.lock --editable .
	@touch $@

$(VENV)/tests: $(VENV)/runs
	$(PIP) install --requirement requirements.lock
	@touch $@

$(NODE)/ready: tools/package.json tools/package-lock.json
	mkdir -p $(NODE)
	cp $^ $(NODE)
	cd $(NODE) && npm ci --silent --no-audit --no-fund
	@touch $@

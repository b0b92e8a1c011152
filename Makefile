# setup | demo | check | test | bench | lock: nothing to remember beyond these.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name) 2>/dev/null)))
BIN := .venv/bin
PORT ?= 8000
DOSSIERS ?= 100000
WORKERS ?= 2
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export PORT

.PHONY: setup demo check test journeys bench lock clean
.DELETE_ON_ERROR:

# Everything that running needs.
.venv/running.stamp: requirements/base.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 is missing: apt-get install python3 python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "venv is missing: apt-get install python3-venv"; exit 1; }
	@echo "Installing what Motcua runs with..."
	@$(PIP) --require-hashes -r requirements/base.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# What checks and tests need besides.
.venv/testing.stamp: .venv/running.stamp requirements/dev.txt
	@echo "Installing what tests and checks need..."
	@$(PIP) --require-hashes -r requirements/base.txt -r requirements/dev.txt
	@touch $@

setup: .venv/testing.stamp
	@tools/chromium.sh

demo: .venv/running.stamp
	@$(BIN)/motcua demo

check: .venv/testing.stamp
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet src
	$(BIN)/python tools/translations.py --check
	$(BIN)/pytest -q tests/architecture tests/consistency

test: setup check
	$(BIN)/pytest -q -n $(WORKERS) -m "not journey"
	$(MAKE) --no-print-directory journeys

# The faces' own browser tests keep a loop of their own: never in one process with the journeys.
journeys: setup
	$(BIN)/pytest -q -n $(WORKERS) --dist loadfile -m journey tests
	$(BIN)/pytest -q -m journey src

bench: .venv/testing.stamp
	$(BIN)/python -m bench --dossiers $(DOSSIERS)

lock:
	@PYTHON=$(PYTHON) tools/lock.sh

clean:
	rm -rf .venv build .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache

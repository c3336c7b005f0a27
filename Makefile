# `make` alone lists what there is. Everything installs what it needs into .venv/ first.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
# Both cores; the tests of one file stay together and share what they started. They start some hundred processes of
# ours, so what is compiled once is kept, whatever the environment says.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: help run test check types cover mutants fix bench fuzz clean servers

help: ## what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "dplmaild needs Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): pyproject.toml requirements.lock | $(BIN)/python
	@echo "installing dplmaild into $(VENV) ..."
	@$(PIP) install -c requirements.lock -e .
	@touch $@

$(DEV_STAMP): pyproject.toml requirements.lock | $(BIN)/python
	@echo "installing dplmaild and its test tools into $(VENV) ..."
	@$(PIP) install -c requirements.lock -e '.[dev]'
	@touch $@ $(RUN_STAMP)

run: $(RUN_STAMP) ## the demo: sample mails come in, answers go out; FRESH=1 starts over
	@$(BIN)/dplmaild --config config/demo.toml demo $(if $(FRESH),--fresh)

servers: ## Dovecot and Chromium for the tests, where root is available (without them the tests say so)
	@sh tests/servers/install.sh

test: $(DEV_STAMP) servers ## all tests, on real servers
	@$(PYTEST)

check: $(DEV_STAMP) servers ## format, lint, types, import contracts, tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(MAKE) --no-print-directory -j 2 types test

types: $(DEV_STAMP)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

cover: $(DEV_STAMP) ## every branch of the rules and the working days, by their own tests
	@$(BIN)/python -m pytest -q tests/deployment/rules --cov=dplmaild.deployment.rules --cov=dplmaild.deployment.workdays \
		--cov-branch --cov-config=/dev/null --cov-report=term-missing:skip-covered --cov-fail-under=100

mutants: $(DEV_STAMP) ## change the rules and the working days, one thing at a time, and see whether a test notices; an hour
	@$(PIP) install -c requirements.lock -e '.[mutants]'
	@rm -rf mutants ; nice -n 15 $(BIN)/mutmut run
	@$(BIN)/mutmut export-cicd-stats >/dev/null ; $(BIN)/python tests/mutants/share.py

fix: $(DEV_STAMP) ## format and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

bench: $(DEV_STAMP) servers ## measure the whole job beside bare loops, as ratios within one run
	@$(BIN)/python tests/bench/run.py

fuzz: $(DEV_STAMP) ## read hard, made and damaged mails, COUNT=1000000 of the last from number FIRST=0; offenders go to var/fuzz/
	@$(BIN)/python tests/fuzz/run.py $(if $(COUNT),--count $(COUNT)) $(if $(FIRST),--first $(FIRST))
	@DPLMAILD_EXAMPLES=$(or $(TIMES),20) $(BIN)/python -m pytest -q tests/reading/generated

clean: ## remove the environment and what the demo made
	@rm -rf $(VENV) var mutants

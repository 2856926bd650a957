# Everything a person runs. `make help` lists it.
PYTHON ?= python3.11
VENV ?= .venv
# Plain torch from PyPI brings CUDA on Linux; https://download.pytorch.org/whl/cpu does not. See README.
TORCH_INDEX ?=
TORCH = torch==2.13.0

BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
INSTALLED = $(VENV)/.installed
DEV_INSTALLED = $(VENV)/.dev-installed

.DEFAULT_GOAL := help
.PHONY: help chat bot build test test-fast check lint format types imports package eval verifier calibrate lock image clean

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

chat: $(INSTALLED) ## Set up if needed, then answer questions in the console (no token)
	@$(BIN)/dalil chat --build

bot: $(INSTALLED) ## Set up if needed, then run the Telegram bot: TELEGRAM_TOKEN=... make bot
	@$(BIN)/dalil serve --build

build: $(INSTALLED) ## Prepare the embedded model and the index
	@$(BIN)/dalil build

test: $(DEV_INSTALLED) ## Set up if needed, then run every test
	@$(BIN)/dalil build
	@$(BIN)/python -m pytest

test-fast: $(DEV_INSTALLED) ## The tests that are not marked slow
	@$(BIN)/dalil build
	@$(BIN)/python -m pytest -m "not slow"

check: lint types imports package test ## What CI runs: lint, format, typing, import rules, the wheel, all tests

lint: $(DEV_INSTALLED) ## Linting, formatting, editorial rules, the Dockerfile
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/dalil check
	@$(BIN)/hadolint Dockerfile

format: $(DEV_INSTALLED) ## Format the code and mend what the linter can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(DEV_INSTALLED) ## mypy, strict
	@$(BIN)/mypy

imports: $(DEV_INSTALLED) ## Layers and who may import what
	@$(BIN)/lint-imports

package: $(DEV_INSTALLED) ## Build the wheel and try it from another folder
	@rm -rf dist
	@$(PIP) wheel --quiet --no-deps --wheel-dir dist .
	@$(PIP) install --quiet --no-deps --target dist/site dist/*.whl
	@cd dist && PYTHONPATH=site $(abspath $(BIN))/python -c "import bot, index, knowledge; \
		assert all('dist/site' in m.__file__ for m in (bot, index, knowledge))"
	@cd dist && PYTHONPATH=site $(abspath $(BIN))/python -m bot.cli check

eval: $(INSTALLED) ## Score the golden questions
	@$(BIN)/dalil eval tests/golden

verifier: $(DEV_INSTALLED) ## Train the verifier anew; then: make calibrate
	@$(BIN)/python benchmarks/train_verifier.py

calibrate: $(DEV_INSTALLED) ## Refit the confidence model on the golden questions
	@$(BIN)/python benchmarks/calibrate.py

lock: $(DEV_INSTALLED) ## Refresh both lock files from pyproject.toml
	@$(BIN)/pip-compile $(LOCK_FLAGS) --output-file requirements.lock pyproject.toml
	@$(BIN)/pip-compile $(LOCK_FLAGS) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

LOCK_FLAGS = --quiet --upgrade --generate-hashes --unsafe-package torch --strip-extras \
	--no-emit-find-links --no-emit-index-url --no-emit-trusted-host

image: ## Build the container image
	@docker build --build-arg TORCH_VERSION=$(TORCH:torch==%=%) \
		--build-arg VERSION=$$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml) \
		--build-arg REVISION=$$(git rev-parse HEAD) --tag dalil .

clean: ## Remove the environment and the caches in this folder
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Dalil needs Python 3.11: '$(PYTHON)' was not found. Install it, or name another: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)

# Torch first and alone: the lock holds everything else with hashes, and torch's wheel differs by machine.
$(INSTALLED): $(VENV)/bin/python requirements.lock pyproject.toml
	$(PIP) install --quiet --no-deps $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	$(PIP) install --quiet --no-deps --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(DEV_INSTALLED): $(INSTALLED) requirements-dev.lock
	$(PIP) install --quiet --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# One environment, .venv, made on first use and again when the dependencies change.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable

QUESTIONS ?= eval/questions/changan-esg-2023.jsonl
OUT ?= build/eval
DATA ?= ../shared/data
BENCH_OUT ?= build/bench

# The question reaches the shell through the environment, whole: quotes, dollars and all.
override export Q := $(value Q)

.PHONY: help chat ask test check format eval train-reader eval-reader bench clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("reportqa needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	@echo "Making the environment .venv (once, a few minutes)"
	$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) .
	@touch $@

.venv/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) '.[dev]'
	@touch $@ .venv/.installed

chat: .venv/.installed ## Serve the chat on http://127.0.0.1:7860
	$(BIN)/reportqa serve

ask: .venv/.installed ## Answer one question: make ask Q="How many people does the company employ?"
	@$(BIN)/reportqa ask "$$Q"

test: .venv/.installed-dev ## Run the tests
	$(BIN)/python -m pytest

check: .venv/.installed-dev ## Lint, format and types, changing nothing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: .venv/.installed-dev ## Format, and fix what the linter can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

eval: .venv/.installed ## Run a question set: make eval QUESTIONS=file.jsonl OUT=folder
	$(BIN)/reportqa eval "$(QUESTIONS)" --out "$(OUT)"

train-reader: .venv/.installed ## Train the reader from the data sets in DATA
	$(BIN)/python -m assistant.training.train "$(DATA)" $(ARGS)

eval-reader: .venv/.installed ## Measure the reader on the held-aside sets in DATA
	$(BIN)/python -m assistant.training.evaluate "$(DATA)" $(ARGS)

bench: .venv/.installed ## Measure speed and memory against the baseline
	$(BIN)/python -m eval.bench --out "$(BENCH_OUT)"

clean: ## Remove the environment and everything that was made
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# One environment, .venv, made on first use and again when the dependencies change.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable

QUESTIONS ?= eval/questions/changan-esg-2023.jsonl
OUT ?= build/eval
CALIBRATION_SETS := eval/questions/changan-esg-2023.jsonl=corpus/reports/changan-esg-2023.txt \
	eval/questions/kestrelmoor-dairy-2024.jsonl=eval/questions/kestrelmoor-dairy-2024.md
DATA ?= ../shared/data
TRAINED ?= build/training
READER ?= $(TRAINED)/reader
comma := ,
HELD_REPORTS := kion-group-ag,freenet-ag,nike_2023_10k
BENCH_OUT ?= build/bench

# The question reaches the shell through the environment, whole: quotes, dollars and all.
override export Q := $(value Q)

.PHONY: help chat ask test check format eval train-reader eval-reader calibrate bench clean

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

train-reader: .venv/.installed ## Train the reader, hours: make train-reader DATA=folder TRAINED=folder
	PYTHON="$(BIN)/python" assistant/training/recipe.sh "$(DATA)" "$(TRAINED)"

eval-reader: .venv/.installed ## Measure a reader on sets held aside: make eval-reader DATA=folder
	$(BIN)/python -m eval.reader "$(DATA)/train/esg_questions.jsonl.gz:$(HELD_REPORTS)" \
		"$(DATA)/dev/tatqa_dev.jsonl.gz" "$(DATA)/dev/hitab_mini_dev.jsonl.gz" \
		"$(DATA)/train/squadshifts_new_wiki.jsonl.gz:0.1" "$(DATA)/train/esg_kpi.jsonl.gz:0.2" \
		--out "$(OUT)/reader.json" $(ARGS)

calibrate: .venv/.installed ## Fit how sure the assistant may be with a reader: make calibrate READER=folder
	$(BIN)/python -m eval.calibration $(CALIBRATION_SETS) --rows "$(DATA)/train/esg_questions.jsonl.gz" \
		--reports $(subst $(comma), ,$(HELD_REPORTS)) --reader "$(READER)" --out "$(READER)/confidence.json"

bench: .venv/.installed ## Measure speed and memory against the baseline
	$(BIN)/python -m eval.bench --out "$(BENCH_OUT)"

clean: ## Remove the environment and everything that was made
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

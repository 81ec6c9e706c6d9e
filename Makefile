# `make demo` shows the main job on a real-looking pack, `make test` checks everything; both set themselves up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test lint format nightly messages schema rules precision bench clean

demo: $(READY)
	@$(BIN)/python docs/demo.py

test: lint
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The property tests on 20,000 documents and more each; takes hours.
nightly: $(READY)
	$(BIN)/python -m pytest -n 2 --hypothesis-profile nightly tests

# The English catalogue: collect the messages, then compile it. Translate src/qnphrase/locale/en/LC_MESSAGES/qnphrase.po in between.
messages: $(READY)
	$(BIN)/python docs/messages.py

# The published JSON Schemas of the YAML book and of the configuration.
schema: $(READY)
	$(BIN)/qnphrase --lang zh schema --output docs/phrasebook.schema.json
	$(BIN)/qnphrase --lang zh schema --config --output docs/config.schema.json

# The manual pages of all rules.
rules: $(READY)
	$(BIN)/python docs/rules.py

# How right the linter (by rule) and the guess of a scenario are on labelled phrases; add ARGS=-v to see where it is wrong.
precision: $(READY)
	$(BIN)/python tests/lint/precision.py $(ARGS)
	$(BIN)/python tests/replies/accuracy.py $(ARGS)

bench: $(READY)
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/lint.py
	$(BIN)/python benchmarks/merge.py
	$(BIN)/python benchmarks/replies.py

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

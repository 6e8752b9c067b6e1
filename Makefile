# What a contributor runs. `make site` and `make test` set up everything they need in .venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: site test lint check serve bench golden lock clean

site: $(READY)        ## build the example blog into public/
	$(BIN)/notegen build

test: $(READY)        ## run all tests
	$(BIN)/python -m pytest

lint: $(READY)        ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test      ## all that CI runs

golden: $(READY)      ## rewrite the expected output of the golden site
	NOTEGEN_GOLDEN=write $(BIN)/python -m pytest tests/test_golden.py

lock: $(READY)        ## pin the newest versions of all dependencies
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	    --no-annotate --group dev pyproject.toml --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

clean:                ## remove what the targets above made
	rm -rf .venv public .notegen dist

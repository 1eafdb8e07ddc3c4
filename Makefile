# Needs Python 3.11 or later, make, and a network to the package registries. Everything else is fetched, with hashes.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# Python compiles what it uses at the first use and keeps that: compiling everything takes longer than the install.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test check env dev browser messages pictures lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

demo: env ## run the demonstration study; PORT=8001 for another port
	@PORT=$(PORT) $(BIN)/delphi demo

# One process more than there are cores: a test that drives a browser waits for it now and then.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min(5, 1 + (os.cpu_count() or 1)))')

test: dev browser ## run every test; ARGS='-k names' for some
	$(BIN)/pytest --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder $(ARGS)

check: dev ## format, lint, types, import contracts, templates, methods pages, size budget, catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint delphi/templates analysis/report/templates
	$(BIN)/python tools/methods_pages.py --check
	$(BIN)/python tools/size_budget.py
	$(BIN)/python tools/messages.py --check

# On Debian and its kin as root the browser is installed; anywhere else one line says what is missing.
browser:
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium; \
	else echo "The browser tests need Chromium: install the package chromium" >&2; exit 1; fi

env: .venv/env .venv/project .venv/assets ## the environment that runs the app

dev: .venv/dev env ## the environment that tests it

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or later is needed")'
	$(PYTHON) -m venv .venv

# Each stamp is as new as the lock file that it stands for, so an unchanged lock installs nothing.
.venv/env: requirements/runtime.txt | $(BIN)/python
	test .venv/dev -nt requirements/dev.txt || $(PIP) install --quiet --no-compile --require-hashes -r requirements/runtime.txt
	touch $@

.venv/dev: requirements/dev.txt | $(BIN)/python
	$(PIP) install --quiet --no-compile --require-hashes -r requirements/dev.txt
	touch $@ .venv/env

# Node.js builds the web assets: the machine's own, or else a package.
.venv/node: requirements/node.txt | $(BIN)/python
	{ command -v node && command -v npm; } >/dev/null || $(PIP) install --quiet --no-compile --require-hashes -r requirements/node.txt
	touch $@

.venv/project: pyproject.toml | .venv/env .venv/node
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/assets: hatch_build.py package-lock.json $(wildcard delphi/assets/* delphi/translations/*/*/*.po) | .venv/project
	$(BIN)/python hatch_build.py
	touch $@

messages: dev ## take new texts of the pages into the catalogues of translations
	$(BIN)/python tools/messages.py

accessibility: dev browser ## apply all of axe's rules to every panellist page, width, language and scheme
	WHOLE_AXE_MATRIX=1 $(BIN)/pytest tests/browser/test_axe_english.py tests/browser/test_axe_french.py tests/browser/test_axe_arabic.py tests/browser/test_axe_spanish.py --timeout=900 --numprocesses=$(WORKERS) --dist=loadfile

pictures: dev browser ## renew the README's pictures
	$(BIN)/python tools/pictures.py

lock: | .venv/dev .venv/node ## remake the lock files; UPGRADE=1 takes the newest versions
	$(BIN)/python tools/lock.py $(if $(UPGRADE),--upgrade)

clean: ## remove what was fetched or built
	rm -rf .venv node_modules delphi/static

# Needs Python 3.11 or later, make, and a network to the package registries. Everything else is fetched, with hashes.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DELETE_ON_ERROR:
.PHONY: help env dev lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

env: .venv/env .venv/project ## the environment that runs the app

dev: .venv/dev .venv/project ## the environment that tests it

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or later is needed")'
	$(PYTHON) -m venv .venv

# Each stamp is as new as the lock file that it stands for, so an unchanged lock installs nothing.
.venv/env: requirements/runtime.txt | $(BIN)/python
	test .venv/dev -nt requirements/dev.txt || $(PIP) install --quiet --require-hashes -r requirements/runtime.txt
	touch $@

.venv/dev: requirements/dev.txt | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	touch $@ .venv/env

.venv/project: pyproject.toml | .venv/env
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	touch $@

LOCK := $(BIN)/uv pip compile --no-config --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-annotate --no-header --quiet pyproject.toml
BUILD_REQUIRES := $(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'

lock: | .venv/dev ## remake the lock files; UPGRADE=1 takes the newest versions
	$(BUILD_REQUIRES) | $(LOCK) - $(if $(UPGRADE),--upgrade) --extra dev --output-file requirements/dev.txt
	$(BUILD_REQUIRES) | $(LOCK) - $(if $(UPGRADE),--upgrade) --constraints requirements/dev.txt --output-file requirements/runtime.txt

clean: ## remove what was fetched or built
	rm -rf .venv

# make run     open the app (the first time it installs what it needs into .venv)
# make test    every test, in Chromium too
# make help    the rest

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --require-hashes
RUNTIME := $(VENV)/installed-runtime
DEV := $(VENV)/installed-dev
BUILD_VENV := .venv-build
BUILD_BIN := $(subst $(VENV),$(BUILD_VENV),$(BIN))
LOCK_VENV := .venv-lock
LOCK_BIN := $(subst $(VENV),$(LOCK_VENV),$(BIN))

# The first of these that runs, is 3.11 or newer and can make an environment. `make PYTHON=/path/to/python` overrules.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

# A browser opens for a person; not in CI, nor where there is no screen.
ifdef CI
export STREAMLIT_SERVER_HEADLESS := true
endif

.PHONY: help run test check lint fix bench data screenshots gallery lock browser clean

help:  ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME)  ## open the app (PORT=… for another port than 8501)
	$(PY) -m streamlit run app.py $(if $(PORT),--server.port $(PORT))

test: $(DEV) browser  ## run every test; the browser tests need Chromium, which this finds or installs
	$(PY) -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile $(ARGS)

check: lint test  ## all that must hold before a change lands; changes nothing

lint: $(DEV)  ## style, format, types and the direction of imports; changes nothing
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(BIN)/lint-imports

fix: $(DEV)  ## put style and format right
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(DEV) browser  ## measure; one JSON line a figure
	@$(PY) -m bench $(ARGS)

screenshots: $(DEV) browser  ## write each page at two sizes to docs/img
	$(PY) -m docs.screenshots

gallery: $(DEV)  ## write docs/gallery.md and the pictures and documents it shows
	$(PY) -m docs.gallery

data: $(BUILD_VENV)/installed  ## make boundaries/ and data/pilot/ again from their sources
	$(BUILD_BIN)/python -m mapping build --pilot

lock: requirements.txt requirements-dev.txt requirements-build.txt  ## pin everything again, for every platform
	@$(need-python)
	"$(PYTHON)" -m venv $(LOCK_VENV)
	$(LOCK_BIN)/python -m pip --disable-pip-version-check install --quiet uv==0.13.9
	$(uv-compile) requirements.txt --output-file requirements.lock
	$(uv-compile) requirements-dev.txt --constraints requirements.lock --output-file requirements-dev.lock
	$(uv-compile) requirements-build.txt --constraints requirements.lock --output-file requirements-build.lock

clean:  ## take away what the rest installed or wrote for itself
	rm -rf $(VENV) $(BUILD_VENV) $(LOCK_VENV) reports .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

browser: $(DEV)
	@$(PY) -m tests.browser.chromium --install

$(PY):
	@$(need-python)
	"$(PYTHON)" -m venv $(VENV)

# An order-only $(PY): a newer system Python must not start the installation again.
$(RUNTIME): requirements.lock | $(PY)
	@echo "Installing what the app runs on into $(VENV): a minute or two, once." >&2
	$(PIP) -r requirements.lock
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Installing what the tests need into $(VENV): a minute or two, once." >&2
	$(PIP) -r requirements-dev.lock
	@touch $@

$(BUILD_VENV)/installed: requirements-build.lock
	@$(need-python)
	"$(PYTHON)" -m venv $(BUILD_VENV)
	$(BUILD_BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-build.lock
	@touch $@

define need-python
test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, with its venv module (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
endef
uv-compile = $(LOCK_BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

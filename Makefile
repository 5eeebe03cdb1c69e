# Needs only Python 3.11 or newer with pip, and make. Everything else goes into .venv.

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help install demo run test test-example node smoke chaos bench docs lint requirements clean

help:
	@echo 'make demo           everything on this machine, Slack included; FRESH=1 starts over, PORT= and SANDBOX_PORT= choose ports'
	@echo 'make install        Response and what it needs, in .venv; then: source .venv/bin/activate'
	@echo 'make run            the web process and the worker, with the settings of the environment and of .env'
	@echo 'make test           the tests; ARGS="-k severity" chooses some'
	@echo 'make test-example   the tests of the example plugin, installed into a virtual environment of its own'
	@echo 'make node           what the tests with Bolt for JavaScript need; without it they are skipped'
	@echo 'make smoke          the whole path once, from outside, in under half a minute; PROCESSES=many runs several of each'
	@echo 'make chaos          everything goes wrong at once; SEED= repeats a run, SHORT=1 takes two minutes'
	@echo 'make bench          the figures, one JSON object a line'
	@echo 'make docs           the pages of docs/ as a site, in the folder site/'
	@echo 'make lint           ruff and mypy'
	@echo 'make requirements   pin the dependencies anew'
	@echo 'make clean          remove .venv, the data of the demo and of the tests, and caches'

install: $(VENV)/run.stamp
	@echo 'Response is installed: source $(VENV)/bin/activate, or type $(BIN)/response'

demo: $(VENV)/run.stamp
	@exec $(BIN)/response demo $(if $(FRESH),--fresh) $(if $(PORT),--port $(PORT)) $(if $(SANDBOX_PORT),--sandbox-port $(SANDBOX_PORT))

run: $(VENV)/run.stamp
	@exec $(BIN)/response run

test: $(VENV)/dev.stamp
	@exec $(BIN)/python -m pytest -n auto $(ARGS)

# As an author has it: Response and the plugin installed, and nothing but the plugin's own settings of pytest. What is
# pinned is borrowed from .venv, so nothing is asked of the network.
test-example: $(VENV)/dev.stamp
	@$(BIN)/python -m venv --clear --without-pip $(EXAMPLE)/venv
	@echo "import site; site.addsitedir('$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')')" \
		> "$$($(EXAMPLE)/venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/borrowed.pth"
	@$(call pip-of,$(EXAMPLE)/venv/bin/python) install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		examples/runbook_keeper
	@cd examples/runbook_keeper && TEST_DATA_DIR='$(EXAMPLE)/data' exec '$(EXAMPLE)/venv/bin/python' -m pytest $(ARGS)

EXAMPLE := $(CURDIR)/.data/example

node:
	@cd tests/sandbox/node && exec npm ci --ignore-scripts --no-audit --no-fund

smoke: $(VENV)/run.stamp
	@exec $(BIN)/python -m bench.smoke $(if $(PROCESSES),--processes $(PROCESSES))

chaos: $(VENV)/run.stamp
	@exec $(BIN)/python -m bench.chaos $(if $(SEED),--seed $(SEED)) $(if $(SHORT),--short) $(if $(WITHOUT),--without $(WITHOUT))

bench: $(VENV)/dev.stamp
	@exec $(BIN)/python -m bench

docs: $(VENV)/docs.stamp
	@NO_MKDOCS_2_WARNING=1 exec $(BIN)/python -m mkdocs build --strict

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# uv (https://docs.astral.sh/uv/) resolves for every platform and Python at once; the files name no index.
requirements:
	$(UV) pip compile --quiet --upgrade $(COMPILE) --group build -o requirements/run.txt
	$(UV) pip compile --quiet --upgrade $(COMPILE) --group build --group dev -c requirements/run.txt -o requirements/dev.txt
	$(UV) pip compile --quiet --upgrade $(COMPILE_GROUP) --group docs -c requirements/dev.txt -o requirements/docs.txt

COMPILE_GROUP := --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-package response-incidents --custom-compile-command 'make requirements'
COMPILE := pyproject.toml --extra demo --extra sentry $(COMPILE_GROUP)

clean:
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m response.project.embedded .data .data/demo .data/test .data/example/data; fi
	rm -rf $(VENV) .data .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist site test-artifacts

# The stamps remember what is installed: a second run starts at once, and changed pins are installed anew.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	@$(call install,requirements/run.txt)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(BIN)/python
	@$(call install,requirements/dev.txt)
	@touch $@ $(VENV)/run.stamp

$(VENV)/docs.stamp: requirements/docs.txt | $(VENV)/run.stamp
	@echo 'Installing requirements/docs.txt into $(VENV) …'
	@$(PIP) install --quiet --disable-pip-version-check --require-hashes -r requirements/docs.txt
	@touch $@

# A .venv without pip of its own is served by the pip outside: that saves seconds, and Debian's python3 has no ensurepip.
pip-of = if $(1) -c 'import pip' 2>/dev/null; then pip='$(1) -m pip'; else pip='$(PYTHON) -m pip --python $(1)'; fi; $$pip
PIP = $(call pip-of,$(BIN)/python)

install = echo 'Installing $(1) into $(VENV) …' && \
	$(PIP) install --quiet --disable-pip-version-check --require-hashes -r $(1) && \
	$(PIP) install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo 'Response needs Python 3.11 or newer, and there is no $(PYTHON); install it, or name one: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Response needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1); name another: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@if $(PYTHON) -m pip install --help 2>/dev/null | grep -q -e '--python '; then \
		$(PYTHON) -m venv --without-pip $(VENV); \
	else \
		$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || $(PYTHON) -m virtualenv --quiet $(VENV) 2>/dev/null || \
		{ rm -rf $(VENV); echo 'This Python can make no virtual environment: install pip (Debian: apt-get install python3-pip) or the venv module (python3-venv).' >&2; exit 1; }; \
	fi

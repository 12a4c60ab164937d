# Needs Python 3.11 or newer and nothing else. `make run` and `make test` set up .venv the first time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080

.PHONY: run test test-all lint docs editor clean

run: $(VENV)/.installed   ## serve the pages; PORT=8081 chooses another port
	$(BIN)/seminar-kg serve --port $(PORT)

test: $(VENV)/.installed-dev   ## run every test but the thorough ones; `python -m pytest` alone runs the quick ones
	$(BIN)/python -m pytest -m "not thorough"

# What takes minutes: 20,000 hostile queries (FUZZ sets another number), and clients that need more than Python.
FUZZ ?= 20000
test-all: lint test   ## run every test, the long ones too
	@if command -v npm >/dev/null; then npm install --silent --no-audit --no-fund --prefix build/comunica "@comunica/query-sparql@^4.5"; fi
	FUZZ=$(FUZZ) $(BIN)/python -m pytest -m thorough

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

docs: $(VENV)/.installed-dev   ## write what comes from the code and the data: tables in docs/, the notebook's outputs
	$(BIN)/python docs/build.py
	$(BIN)/python docs/notebook.py

editor:   ## bundle the SPARQL editor of the pages again, which needs Node.js and the network
	cd editor && npm ci && npm run build

clean:
	rm -rf $(VENV) build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("seminar-kg needs Python 3.11 or newer; choose one with: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

# The stamps spare the second run the installation; a change of pyproject.toml brings it back. Our modules are compiled
# as pip compiles those of others, so that the first start is as quick as the next.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@$(BIN)/python -m compileall -q kg webapp
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e . --group dev
	@$(BIN)/python -m compileall -q kg webapp
	@touch $(VENV)/.installed $@

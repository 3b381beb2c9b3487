# Two commands for a newcomer: `make demo` and `make test`. Both do all their own set-up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := corpora/w6/w6-05.txt

.PHONY: demo test lint types contract gate notebooks clean

$(VENV)/installed: pyproject.toml setup.cfg
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "Python 3.11-3.13 needed, found %d.%d: make PYTHON=python3.12" % v)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/installed
	$(BIN)/shuping score $(DEMO) --format html --output out
	$(BIN)/shuping score $(DEMO)

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

contract: $(VENV)/installed-dev
	$(BIN)/lint-imports

gate: $(VENV)/installed-dev
	$(BIN)/python -m analyzer.training.gate

notebooks: $(VENV)/installed-dev
	$(BIN)/python -m pytest --nbmake notebooks

clean:
	rm -rf $(VENV) build dist out *.egg-info

# Two commands for a newcomer: `make demo` and `make test`. Both do all their own set-up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
DEMO := corpora/w6/w6-05.txt
NOTEBOOKS := $(wildcard notebooks/*.ipynb)

AUDIT := .venv-audit
HANLP := .venv-hanlp
HANLP_PIP := $(HANLP)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints-hanlp.txt

.PHONY: demo test lint types contract docs pictures site gate hanlp hanlp-models notebooks models compare size release audit constraints clean

# A stamp is newer than what it was made from only when the whole install went through.
$(VENV)/installed: pyproject.toml setup.cfg constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "Python 3.11-3.13 needed, found %d.%d. Try: make PYTHON=python3.12" % v)'
	@echo "Installing into $(VENV), once ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --editable .
	@# pip compiles what it copies, not a tree: else the first run would, or each where nothing may be written.
	@$(BIN)/python -m compileall -q analyzer
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing what tests and checks need, once ..."
	@$(PIP) --editable '.[dev]'
	@touch $@

demo: $(VENV)/installed
	@$(BIN)/shuping score $(DEMO)
	@echo "HTML:"
	@$(BIN)/shuping score $(DEMO) --format html --output out

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest --numprocesses auto

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

contract: $(VENV)/installed-dev
	$(BIN)/lint-imports

# One page a rule, from its declaration.
docs: $(VENV)/installed
	$(BIN)/python -m analyzer.rendering.pages docs/rules

# The pictures of the guides, as the browser tests see the pages.
pictures: $(VENV)/installed-dev
	SHUPING_PICTURES=docs/guide/pictures $(BIN)/python -m pytest tests/web/test_looks.py tests/web/test_inspecting.py tests/web/test_signing.py

# The guides as a site that opens from a folder: out/site/index.html.
site: $(VENV)/installed-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

gate: $(VENV)/installed-dev
	$(BIN)/python -m analyzer.training.gate

# The HanLP backend has an environment of its own: the default one must show that all else needs no torch.
# torch first: with its CPU build at hand (pip configuration, --find-links) hanlp does not fetch another.
$(HANLP)/installed: pyproject.toml setup.cfg constraints-hanlp.txt
	@echo "Installing HanLP and torch into $(HANLP), once ..."
	@test -x $(HANLP)/bin/python || $(PYTHON) -m venv $(HANLP)
	@$(HANLP_PIP) torch
	@$(HANLP_PIP) --editable '.[hanlp]' pytest pytest-xdist
	@touch $@

hanlp: $(HANLP)/installed
	$(HANLP)/bin/python -m pytest -rs $(wildcard tests/*/test_hanlp*.py)

hanlp-models: $(HANLP)/installed
	$(HANLP)/bin/python -m analyzer.training.hanlp_spans

notebooks: $(VENV)/installed-dev
	$(if $(NOTEBOOKS),$(BIN)/python -m pytest --nbmake $(NOTEBOOKS),@echo "No notebooks yet.")

models: $(VENV)/installed
	$(BIN)/shuping train --output models

# The shipped models beside others, with what only these need; ten minutes.
compare: $(VENV)/installed-dev
	@$(PIP) --editable '.[dev,compare]'
	$(BIN)/python -m analyzer.training.comparison --write

# dist/: wheel and source release, the same byte for byte each time; prints their SHA-256.
release: $(VENV)/installed-dev
	$(BIN)/python scripts/release.py dist

# Known weaknesses of what is locked, asked of PyPI; fails where the index at hand keeps no advisories.
audit:
	@test -x $(AUDIT)/bin/pip-audit || ($(PYTHON) -m venv $(AUDIT) && $(AUDIT)/bin/pip install --quiet pip-audit)
	$(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes --requirement locked.txt

# What a plain install takes on disk, and that no deep-learning framework is in it.
size:
	$(PYTHON) scripts/install_size.py

constraints: $(VENV)/installed-dev
	@echo "# The versions that models, figures and CI were made with (make constraints); every install here keeps to them." > constraints.txt
	$(BIN)/python -m pip freeze --all --exclude pip --exclude-editable --disable-pip-version-check >> constraints.txt
	@echo "Now write locked.txt anew: python scripts/lock.py (needs uv)."

clean:
	rm -rf $(VENV) $(HANLP) $(AUDIT) build dist out *.egg-info

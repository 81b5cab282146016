PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: chat build test mutants lint docs clean

chat: build  ## build the index over the corpus and open the chat
	$(BIN)/python app.py

build: $(VENV)/installed  ## bring the index up to date
	$(BIN)/rag build

test: $(VENV)/installed $(VENV)/node_modules/axe-core  ## unit, retrieval and browser tests, on all cores
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses auto --dist loadfile

mutants: $(VENV)/installed  ## put small faults into the code and see which the unit tests notice; half an hour
	OMP_NUM_THREADS=1 $(BIN)/python tests/mutants.py

lint: $(VENV)/installed  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --config-file tests/mypy.ini

docs: $(VENV)/installed  ## the documents as a site in site/; a dead link fails
	$(BIN)/mkdocs build --strict

clean:  ## remove the environment and the built index
	rm -rf $(VENV) index/CURRENT index/snapshots site

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

$(VENV)/node_modules/axe-core:  # looks for barriers in the page; its tests are skipped where there is no npm
	-npm install --silent --no-save --no-audit --no-fund --prefix $(VENV) axe-core@4.14.1

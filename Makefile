PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
NODE := $(VENV)/node_modules/.bin
NPM := $(shell command -v npm 2>/dev/null)
# Tests often wait, so there is one process more than there are cores.
PROCESSES = $(shell $(PYTHON) -c 'import os; print(1 + os.cpu_count())')

.PHONY: chat build test mutants lint docs figures clean

chat: build  ## build the index over the corpus and open the chat
	$(BIN)/python app.py

build: $(VENV)/installed  ## bring the index up to date
	$(BIN)/rag build

test: $(VENV)/installed  ## unit, retrieval and browser tests, on all cores
	-$(if $(NPM),$(MAKE) --silent $(VENV)/npm-installed)
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

mutants: $(VENV)/installed  ## put small faults into the code and see which the unit tests notice; half an hour
	OMP_NUM_THREADS=1 $(BIN)/python tests/mutants.py

lint: $(VENV)/installed $(if $(NPM),$(VENV)/npm-installed)  ## style and types, of the page's scripts too
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --config-file tests/mypy.ini
ifdef NPM
	$(NODE)/biome ci --error-on-warnings
	$(NODE)/tsc
else
	@echo "the page's scripts were not checked: there is no npm here"
endif

docs: $(VENV)/installed  ## the documents as a site in site/; a dead link fails
	$(BIN)/mkdocs build --strict

figures: $(VENV)/installed  ## measure the tables in docs/ anew; hours, or PAGES=docs/retrieval.md
	$(BIN)/python docs/figures.py $(PAGES)

clean:  ## remove the environment and the built index
	rm -rf $(VENV) index/CURRENT index/snapshots site

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

# axe-core looks for barriers in the page (its tests are skipped without it), the others check its scripts; all in
# one command, because npm removes what another one installed
$(VENV)/npm-installed: Makefile
	npm install --silent --no-save --no-audit --no-fund --prefix $(VENV) \
		axe-core@4.14.1 @biomejs/biome@2.6.8 typescript@7.0.2
	touch $@

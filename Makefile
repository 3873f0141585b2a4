# What each command is for: README.md (learn, serve, test, grade) and CONTRIBUTING.md (the others).
PORT ?= 8888
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
# In the order of the files: sorted by their number of tests, the few and slow ones would come last and alone.
TWO_AT_A_TIME := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: learn serve test grade quick full parity build site guard strength bench format

learn: .venv/learn.ok
	@$(BIN)/python -m bnlib start --port $(PORT)

serve: .venv/learn.ok
	@$(BIN)/python -m bnlib start --port $(PORT) --no-browser

test: .venv/dev.ok
	@$(BIN)/python -m pytest $(TWO_AT_A_TIME) -m "not full and not parity"

grade: .venv/grader.ok
	@$(BIN)/python -m autograder.workshop.sample_class

quick: .venv/dev.ok
	@$(BIN)/python -m pytest $(TWO_AT_A_TIME) -m "not slow and not full and not parity"

full: .venv/parity.ok
	@$(BIN)/python -m pytest $(TWO_AT_A_TIME)

parity: .venv/parity.ok
	@$(BIN)/python -m pytest -m parity

build: .venv/dev.ok
	@$(BIN)/python -m autograder.workshop.making

site: .venv/site.ok
	@$(BIN)/python -m autograder.workshop.making.site

guard: .venv/dev.ok
	@$(BIN)/python -m autograder.workshop.guard

strength: .venv/dev.ok
	@$(BIN)/python -m autograder.workshop.strength

bench: .venv/dev.ok
	@$(BIN)/python -m tests.benchmark
	@$(BIN)/python -m tests.benchmark_grading

format: .venv/dev.ok
	@$(BIN)/ruff check --fix && $(BIN)/ruff format

.venv/learn.ok: EXTRA =
.venv/grader.ok: EXTRA = [grader]
.venv/dev.ok: EXTRA = [dev]
.venv/site.ok: EXTRA = [site]
.venv/parity.ok: EXTRA = [parity]

.venv/%.ok: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing what is needed (a minute or two, once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e ".$(EXTRA)" > .venv/pip.log 2>&1 || { \
		echo "The packages could not be installed. Is there a network? What pip said is in .venv/pip.log."; exit 1; }
	@$(BIN)/jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements > /dev/null 2>&1
	@touch $@

.venv/bin/python:
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or newer is needed and was not found. Install it from python.org, or use conda (see README.md)."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is too old: Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -m venv .venv > /dev/null 2>&1 || { rm -rf .venv; \
		echo "Python's venv module does not work here. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }

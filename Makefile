# Every target installs what it misses. `make help` lists them.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE
export PYTHON

.PHONY: run test install screens docs bench validation faults lock help

run: install ## open the program; without a display, do its main job into build/
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then $(BIN)/registry-app; \
	else $(BIN)/python packaging/headless.py build; fi

test: install ## format, lint, types, import contracts, all tests
	@packaging/system_packages.sh test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist worksteal

install: .venv/installed ## make .venv with the command registry-app in it

.venv/installed: requirements.lock pyproject.toml packaging/system_packages.sh
	@packaging/system_packages.sh run
	test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	$(BIN)/python -m compileall -q registry_app
	@touch $@

screens: install ## pictures of every screen, both languages and themes, in build/screens
	QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/screens.py build/screens

docs: install ## write docs/packs anew from the packs
	$(BIN)/python packaging/pack_docs.py

bench: install ## measure, print a table, write build/bench.json and docs/performance.md
	@packaging/system_packages.sh bench
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks.run

validation: install ## run all tests, write docs/validation from what they gave
	$(BIN)/pytest -n 2 --dist worksteal --junitxml=build/tests.xml
	$(BIN)/python packaging/validation_docs.py build/tests.xml

faults: install ## kill, fill, flip, forge, fuzz in full (an hour), write docs/reliability.md
	@packaging/system_packages.sh test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.faults.run

lock: install ## write requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --all-extras \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --quiet pyproject.toml -o requirements.lock

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

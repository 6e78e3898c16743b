# The door for people with make. Everything here is also one line without it: see README.md.

PYTHON ?=
# The Python to make .venv from; empty: the first one found that is 3.11 or newer.

ROOT ?= .
PORT ?= 8000
BRIEFINGS ?= 2000
N ?= 1000
PEERS ?= hugo
RUNS ?= 5
PAGES ?=
WHERE ?=
STAGES ?=
WRITE ?=
# benchmarks/README.md explains them.
MINUTES ?= 20
EDITS ?= 600
KILLS ?= 200
HISTORIES ?= 500
SEED ?= 1
PYTEST_ARGS ?=
WORKERS ?= auto
# Processes that share the tests: as many as the machine has cores, four at most; 0 runs them one after another.

# What the tests need of the system: command[|other command]=Debian package[|Ubuntu's name for it]. Java runs the HTML checker;
# libatomic is wanted by the Node program inside Playwright.
SYSTEM_PACKAGES = \
  'chromium|chromium-browser|google-chrome|google-chrome-stable=chromium|chromium-browser' \
  'firefox-esr|firefox=firefox-esr|firefox' \
  'java=default-jre-headless' \
  'libatomic.so.1=libatomic1'

RUN = .venv/bin/python
BUILD = $(RUN) build.py

.DEFAULT_GOAL := help
.PHONY: help site serve test test-deep fuzz bench bench-search bench-stories bench-hostile lighthouse screenshots check format pythons audit sbom lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: .venv/ready ## build everything: seeds/ into content/ into site/, then check
	@$(BUILD) build --root '$(ROOT)' || [ $$? -eq 1 ] # 1: there is a site, and findings to read above

serve: .venv/ready ## build, then show at http://127.0.0.1:8000/ and follow every change (PORT=8001)
	@$(BUILD) serve --root '$(ROOT)' --port '$(PORT)'

test: .venv/ready-dev ## run every test; installs what they need (PYTEST_ARGS="-k search" WORKERS=0)
	@tools/system-packages.sh $(SYSTEM_PACKAGES)
	@$(RUN) -bb -m pytest -n '$(WORKERS)' --maxprocesses 4 --dist loadfile $(PYTEST_ARGS)

test-deep: .venv/ready-dev ## attack in every field, kill runs at every moment, edit, rebuild and live at random, an hour (EDITS=600 KILLS=200 HISTORIES=500 SEED=1)
	@$(RUN) -bb -m pytest -n '$(WORKERS)' --maxprocesses 4 --dist loadfile --deep tests/hostile $(PYTEST_ARGS)
	@BINDERY_EDITS='$(EDITS)' BINDERY_KILLS='$(KILLS)' BINDERY_HISTORIES='$(HISTORIES)' BINDERY_SEED='$(SEED)' \
	  $(RUN) -bb -m pytest -n '$(WORKERS)' -rP --dist load \
	  tests/property/test_incremental.py tests/property/test_histories.py tests/publish/test_faults.py

fuzz: .venv/ready-dev ## give every parser bytes that nobody wrote (MINUTES=20)
	@$(RUN) -m tests.hostile.fuzz --minutes '$(MINUTES)'

bench: .venv/ready-dev ## measure how long sites take to be made, beside others (N=10000 PEERS="hugo eleventy pelican" RUNS=5)
	@$(RUN) -m benchmarks.speed '$(N)' --peers $(PEERS) --runs '$(RUNS)' $(if $(WHERE),--where '$(WHERE)') \
	  $(if $(STAGES),--stages $(STAGES)) $(if $(WRITE),--write)

bench-search: .venv/ready-dev ## measure the search over http and from disk on generated briefings (BRIEFINGS=10000)
	@tools/system-packages.sh $(SYSTEM_PACKAGES)
	@$(RUN) -m benchmarks.search '$(BRIEFINGS)'

bench-stories: .venv/ready-dev ## measure how well copies of one release are found among generated briefings (N=10000)
	@$(RUN) -m benchmarks.copies '$(N)'

bench-hostile: .venv/ready-dev ## measure what hostile seeds cost beside press pages (N=1000 RUNS=3)
	@$(RUN) -m benchmarks.hostile '$(N)' --runs '$(RUNS)'

lighthouse: .venv/ready-dev ## hold home, a briefing, a city and search against Lighthouse on a phone; takes it from npm (PAGES="map network" RUNS=5)
	@tools/system-packages.sh $(SYSTEM_PACKAGES) 'node=nodejs' 'npm=npm'
	@$(RUN) -m benchmarks.lighthouse $(PAGES) --runs '$(RUNS)'

screenshots: .venv/ready-dev ## picture every kind of page, narrow to wide, dark and printed, in .cache/screenshots (WRITE=1: docs/contact-sheet.webp, too)
	@tools/system-packages.sh $(SYSTEM_PACKAGES)
	@$(RUN) -m tests.browser.contact_sheet .cache/screenshots $(if $(WRITE),--keep docs/contact-sheet.webp)

check: .venv/ready-dev ## lint, format, types and the import arrow: what must be clean before a commit
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -m pytest -q tests/test_imports.py

format: .venv/ready-dev ## lay out the Python code
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

pythons: .venv/ready-dev ## set up every Python from 3.11 to 3.14 that is here, so that tests/publish/test_reproducible.py compares what they build
	@for version in 3.11 3.12 3.13 3.14; do \
	  .venv/bin/uv venv --quiet --clear --no-python-downloads --python $$version .venv/python-$$version 2>/dev/null || continue; \
	  VIRTUAL_ENV=.venv/python-$$version .venv/bin/uv pip install --quiet --require-hashes -r requirements.txt && echo "Python $$version is set up"; \
	done

audit: .venv/ready-dev ## ask the advisory database about every package that is locked (needs the network)
	@for lock in requirements.txt requirements-dev.txt; do \
	  .venv/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r $$lock || exit 1; \
	done

sbom: .venv/ready ## write sbom.cdx.json, the software bill of materials of what runs (CycloneDX)
	@$(RUN) tools/build_sbom.py sbom.cdx.json

lock: .venv/ready-dev ## write requirements*.txt anew from requirements*.in (UPGRADE=--upgrade for newer versions)
	@$(LOCK) requirements.in -o requirements.txt
	@$(LOCK) requirements-dev.in -o requirements-dev.txt -c requirements.txt

clean: ## remove everything that was made: .venv, site, caches (content/ stays)
	@rm -rf .venv site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One lock for Linux, macOS and Windows and for Python 3.11 to 3.14; no index or download address in it.
UPGRADE ?=
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header $(UPGRADE)

# Each is redone only when its requirements changed.
.venv/ready: requirements.txt
	@PYTHON='$(PYTHON)' tools/venv.sh requirements.txt
	@touch $@

.venv/ready-dev: requirements-dev.txt
	@PYTHON='$(PYTHON)' tools/venv.sh requirements-dev.txt
	@touch $@

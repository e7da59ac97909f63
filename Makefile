# make run [SOURCE=url-or-file]   lint a policy, the example if none is named
# make test [REQUIRE_ALL=1]       lint, types, contracts, tests with coverage, the wheel
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SOURCE ?= corpus/examples/example-policy.html
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test lint format train bench soak lock clean

run: $(STAMP)
	@$(BIN)/disclosure-lint check "$(SOURCE)"; code=$$?; \
	if [ $$code -eq 1 ]; then echo "(exit code 1: something is missing or needs a look)"; \
	elif [ $$code -ne 0 ]; then exit $$code; fi

test: $(STAMP) lint
	REQUIRE_ALL=$(REQUIRE_ALL) $(BIN)/python -m pytest --ignore=tests/wheel -n 2 --dist loadfile --cov \
		--cov-report=term
	REQUIRE_ALL=$(REQUIRE_ALL) $(BIN)/python -m pytest tests/wheel

lint: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

train: $(STAMP)
	$(BIN)/disclosure-lint train

bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks.cold_start
	$(BIN)/python -m tests.benchmarks.reading
	$(BIN)/python -m tests.benchmarks.judging

# FUZZ is how long atheris runs, in seconds; it is needed for nothing else and so not in the lock.
FUZZ ?= 600
soak: $(STAMP)
	$(BIN)/python -m tests.benchmarks.growth
	$(BIN)/python -m tests.benchmarks.patterns
	$(BIN)/python -m pip install --quiet --no-deps --upgrade --target $(VENV)/fuzz atheris==3.0.0
	PYTHONPATH=$(VENV)/fuzz $(BIN)/python -m tests.soak.fuzz -max_total_time=$(FUZZ)
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest tests/test_properties.py \
		tests/soak tests/fetch/test_snapshots.py

# The lock names versions and hashes, never where a package comes from.
lock: $(STAMP)
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile pyproject.toml --extra dev --output-file requirements.lock \
		--generate-hashes --allow-unsafe --no-strip-extras --no-annotate --no-header --quiet \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13) and \
		"Python 3.11, 3.12 or 3.13 is needed, this is %d.%d: make PYTHON=python3.13" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

clean:
	rm -rf $(VENV) dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

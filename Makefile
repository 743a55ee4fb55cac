PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint slow lock clean

demo: .venv/ready
	$(BIN)/jishen batch corpora/samples --out out/demo --workspace out/demo/workspace

test: .venv/ready lint
	$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Every version and hash is in the lock file, which is complete: nothing is left to resolve. The project itself is installed in place.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--all-extras pyproject.toml -o requirements.lock

clean:
	rm -rf .venv out .coverage .mypy_cache .ruff_cache .pytest_cache

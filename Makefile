# What README.md offers, and what CI runs. `make` alone lists it.

bin := .venv/bin
# Tests run in so many processes, each with a database server of its own: one more than processors, for servers are waited for.
WORKERS ?= 3
# What `make benchmark` is told: OPTIONS='--runs 5', or OPTIONS=--help for all there is to tell.
OPTIONS ?=

# Compiled modules are kept, wherever this runs: each command that a test starts would compile them all again.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo demo-cloud test test-long lint lint-fast audit check setup generated docs benchmark

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile

demo: ## load the example delivery of source3 into leads.db and print the leads
	@.ci/setup
	$(bin)/leadingest run --source source3 --file examples/source3/delivery.csv
	$(bin)/leadingest leads

demo-cloud: setup ## drop files into a made-up bucket, run a worker, and see where each file ends
	@$(bin)/python -m tests.cloud.demo

test: setup ## the whole test suite, MySQL included
	@.ci/database
	@.ci/language-server
	@.ci/browser
	$(bin)/python -m pytest -n $(WORKERS)

test-long: setup ## the tests that take long: bounds of memory, kills into every database, Spark, the linter of AWS, the benchmark
	@.ci/database
	@.ci/setup spark
	$(bin)/python -m pytest -n $(WORKERS) -m long

lint: lint-fast ## ruff, bandit, mypy, the import contracts, and leadingest lint on the mappings
	$(bin)/mypy

lint-fast: setup
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/bandit --quiet --recursive --configfile pyproject.toml leadingest
	$(bin)/lint-imports --no-logo
	$(bin)/leadingest lint --strict mappings examples/*/mapping*.yaml

audit: ## known vulnerabilities in what is installed, with pip-audit; needs the network
	@.ci/setup audit
	$(bin)/pip-audit --skip-editable

check: setup ## what CI runs: lint and test; mypy takes one processor for long, and runs beside the others
	@types=$$(mktemp); $(bin)/mypy >$$types 2>&1 & mypy=$$!; \
	$(MAKE) --no-print-directory lint-fast test; code=$$?; \
	wait $$mypy || code=1; cat $$types; rm $$types; exit $$code

setup: ## the virtual environment in .venv, with the tools for developing
	@.ci/setup dev

generated: setup ## write all files that are made from the code: the SQL, the schema, reference pages, outputs in documents, snapshots
	for dialect in $$($(bin)/python -c 'from leadingest.destinations.ddl import DDL_DIALECTS as names; print(*names)'); do \
		for table in $(basename $(notdir $(wildcard ddl/*.yaml))); do mkdir -p ddl/$$dialect && \
		$(bin)/leadingest ddl --dialect $$dialect --table $$table >ddl/$$dialect/$$table.sql || exit 1; done; done
	$(bin)/leadingest schema >mappings/mapping.schema.json
	$(bin)/python -m tests.docs
	@# What a page or a snapshot shows is the same whatever the database.
	LEADINGEST_TEST_REWRITE_EXAMPLES=1 $(bin)/python -m pytest -q -n $(WORKERS) -m rewrites -k 'not mysql and not mariadb and not lake'

docs: ## build the site of docs/ into build/docs, and fail on a broken link
	@.ci/setup docs
	$(bin)/sphinx-build --quiet --fail-on-warning --keep-going --builder html docs build/docs
	@echo "open build/docs/index.html"

benchmark: setup ## measure how fast it is, and print a table: a quarter of an hour, or hours with OPTIONS=--full
	@.ci/database
	@.ci/setup benchmark
	@$(bin)/python -m tests.benchmarks $(OPTIONS)

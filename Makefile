# Watchbell. `make demo` and `make test` are all that a fresh machine needs; `make help` lists the rest.

.POSIX:
.DEFAULT_GOAL := help
CARGO ?= cargo

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

demo: ## build and run the whole product with its demo world; needs cargo and a C compiler
	$(CARGO) run --release --locked --package watchbell -- demo $(DEMO)

test: ## everything: format, lints, all tests on SQLite and PostgreSQL, browser tests
	scripts/install-test-tools
	scripts/test

check: ## fast: format, lints, tests on SQLite
	scripts/check

fuzz: ## look for inputs that hurt, ten minutes a target; FUZZ_SECONDS for longer
	scripts/fuzz $${FUZZ_SECONDS:-600}

bench: ## measure speed, memory and start time, each beside its floor
	scripts/bench

dist: ## a binary to hand out and a Debian package, in dist/
	scripts/dist

.PHONY: help demo test check fuzz bench dist

# SPDX-License-Identifier: MIT
# The few commands that a person needs. Everything is built below build/, by the presets of
# CMakePresets.json, which an editor can use as well.

SHOW ?= shows/beijing-2025
# Where `make bench` writes, and which benchmarks it runs.
JSON ?= build/bench.json
FILTER ?= .

.PHONY: help run test test-full bench format check-format lint test-install
help:
	@echo 'make run            build, then plan $(SHOW) (SHOW=folder for another)'
	@echo 'make test           build and run the tests'
	@echo 'make test-full      the same under the sanitizers, the fuzzers, scaled shows (about an hour)'
	@echo 'make bench          run the benchmarks: JSON=out.json FILTER=regex'
	@echo 'make format         lay the C++ sources out by .clang-format; check-format only looks'
	@echo 'make lint           what is checked without running: format, module graph, headers alone'
	@echo 'make test-install   install into a scratch folder and build a project against it'

run:
	@scripts/install-deps
	@mkdir -p build
	@cmake --preset release >build/release.log 2>&1 || { cat build/release.log; exit 5; }
	@cmake --build --preset release --target apps/defilada/defilada
	build/release/apps/defilada/defilada run $(SHOW)

test:
	scripts/install-deps
	cmake --preset dev
	cmake --build --preset dev
	ctest --preset dev

test-full:
	scripts/install-deps --fuzz
	scripts/test-full

bench:
	@scripts/install-deps
	@scripts/bench --json '$(JSON)' --filter '$(FILTER)'

format:
	git ls-files '*.cpp' '*.hpp' | xargs clang-format -i

check-format:
	git ls-files '*.cpp' '*.hpp' | xargs clang-format --dry-run -Werror

lint: check-format
	scripts/check-module-graph
	scripts/check-sources
	cmake --preset dev >/dev/null
	cmake --build --preset dev --target all_verify_interface_header_sets

test-install:
	scripts/test-install build/dev

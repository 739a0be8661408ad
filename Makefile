# The doors of fnf; `make help` lists them.

PREFIX ?= /usr
DESTDIR ?=
# The folder of built programs to install; empty: .build/release, or .build/debug where there is no release build.
BIN ?=
# How many random runs `make simulate` compares, and from which seed; empty: any, and it is printed.
SEEDS ?= 100000
SEED ?=
# How long `make soak` lasts; SEED chooses whom it kills and when.
MINUTES ?= 30
# The pages that `make screens` takes a picture of; empty: all.
PAGES ?=
# Options of fnf-bench, e.g. --quick, "--figure chain20_per_s" or --document; what `make profile` looks at.
BENCH ?=
FIGURE ?= three_tasks_per_s
PROGRAM ?= flow-engine
# Statically linked and stripped: nothing of Swift is needed where it is installed.
RELEASE = -c release --static-swift-stdlib -Xlinker -s

export PREFIX DESTDIR BIN

.DEFAULT_GOAL := release
.PHONY: help demo test check bench profile simulate crashpoints soak screens release build install uninstall lint format deps

release: deps ## what is installed: optimised, statically linked (the door of a bare `make`)
	swift build $(RELEASE)
	@echo "built .build/release; next: sudo make install (\`make help\` lists all doors)"

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 = \2/p' $(MAKEFILE_LIST) | awk -F' = ' '{ printf "%-18s %s\n", $$1, $$2 }'

demo: ## builds, runs the whole system in a temporary folder, and four orders through it
	scripts/demo.sh

test: ## every test, with the time of each phase (installs what is missing)
	scripts/test.sh

check: deps lint ## lint, build and the quick tests: before each commit
	swift build --build-tests
	scripts/unit.sh

bench: deps ## the figures against their goals, in about 12 minutes (BENCH=--quick, BENCH=--document)
	swift build $(RELEASE)
	"$$(swift build -c release --show-bin-path)/fnf-bench" $(BENCH)

profile: deps ## where flow-engine's processor time goes (FIGURE=three_tasks_per_s PROGRAM=flow-engine)
	swift build -c release --static-swift-stdlib
	scripts/profile.sh $(FIGURE) $(PROGRAM)

simulate: deps ## random flows by the machine and by a plain evaluator, optimised (SEEDS=100000 SEED=)
	swift build -c release --product fnf-simulate
	"$$(swift build -c release --show-bin-path)/fnf-simulate" $(SEEDS) $(SEED)

crashpoints: deps ## flows with a fault at every write and sync, every kind of power cut at each, optimised
	swift build -c release --product fnf-crashpoints
	"$$(swift build -c release --show-bin-path)/fnf-crashpoints" --deep

soak: deps ## orders at half load with random kills; fails when anything grows, is lost or doubled (MINUTES=30 SEED=)
	swift build $(RELEASE)
	"$$(swift build -c release --show-bin-path)/fnf-soak" --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

screens: deps ## a picture of every page, desktop, phone and dark, in .build/screens
	swift build
	scripts/python-packages.sh browser-sdk Tests/Integration/BrowserTests/requirements.txt selenium axe_core_python
	.build/browser-sdk/bin/python Tests/Integration/BrowserTests/Checks/screens.py $(PAGES)

build: deps ## everything for development, unoptimised
	swift build

install: ## puts the built programs, units and configuration in place (PREFIX=/usr DESTDIR= BIN=); builds nothing
	@scripts/install.sh

uninstall: ## takes away what install put; data and changed configuration stay
	@scripts/uninstall.sh

lint: ## says what the formatter would change
	swift format lint --strict -r Sources Tests Package.swift

format: ## lets the formatter change it
	swift format -i -r Sources Tests Package.swift

deps: ## installs the Debian packages that building and testing need
	@scripts/install-missing.sh

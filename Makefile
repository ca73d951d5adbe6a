# Koppel. `make help` lists what there is; every target works from a fresh clone.

FUZZTIME ?= 5s

.DEFAULT_GOAL := help
.PHONY: help deps bench record-histories generate fmt lint test test-main test-dev fuzz verify run demo build clean \
	check-format check-vet check-house check-static check-workflows check-sql check-pages check-modules check-scripts check-vulnerabilities

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## find what the system must provide, or install it
	@scripts/deps.sh test

build: ## build the product, bin/koppel
	@# a clone stamps its revision into the binary; sources without git have none to stamp
	go build -trimpath -buildvcs=$$(git rev-parse HEAD >/dev/null 2>&1 && echo true || echo false) -o bin/koppel ./cmd/koppel

run: .koppel/bin/koppel-dev ## start everything: Temporal, PostgreSQL, both sandboxes, worker and server
	@exec .koppel/bin/koppel-dev run

demo: .koppel/bin/koppel-dev ## ring up 200 orders in the sandbox till and check that the books agree
	@exec .koppel/bin/koppel-dev demo

# Go decides what is out of date, not make.
.PHONY: .koppel/bin/koppel-dev
.koppel/bin/koppel-dev:
	@scripts/deps.sh run
	@mkdir -p .koppel/bin
	@echo "building koppel-dev (minutes the first time, seconds after that)"
	@go -C dev build -o ../.koppel/bin/koppel-dev ./cmd/koppel-dev

test: deps test-main test-dev ## run all tests, against a real PostgreSQL and a real Temporal server

test-main: deps
	go test -race -shuffle=on -count=1 -timeout 15m ./...

test-dev: deps test-main
	go -C dev test -shuffle=on -count=1 -timeout 30m ./...

bench: deps ## measure full compares of 100,000 articles beside a bare loop; KOPPEL_BENCH_ARTICLES=5000 for a quick look, KOPPEL_BENCH_LATENCY=50 for far systems
	go -C dev test -run - -bench . -benchtime 1x -timeout 60m ./bench/

fuzz: deps ## fuzz every parser; FUZZTIME=1m for a longer look
	@FUZZTIME=$(FUZZTIME) scripts/fuzz.sh

record-histories: ## record the histories that replay tests use: from released code, never from the branch under test
	@KOPPEL_RECORD_HISTORIES=$(CURDIR)/workflows/testdata/replay go -C dev test -count=1 -run TestRecord ./replay/

generate: deps ## write the generated code anew
	@tools=$$(scripts/tools.sh) && cd db && "$$tools/sqlc" generate
	@if git ls-files --cached --others --exclude-standard '*.templ' | grep -q .; then tools=$$(scripts/tools.sh) && "$$tools/templ" generate; fi

fmt: deps ## format the code
	@tools=$$(scripts/tools.sh) && "$$tools/gofumpt" -l -w .

lint: deps check-vet check-static check-workflows check-house check-scripts ## look for mistakes that compile

verify: deps check-format lint check-sql check-pages check-modules fuzz check-vulnerabilities ## everything that is checked beside the tests

check-format: deps
	@tools=$$(scripts/tools.sh) && unformatted=$$("$$tools/gofumpt" -l .) && \
		if [ -n "$$unformatted" ]; then echo "not formatted, run make fmt:"; echo "$$unformatted"; exit 1; fi

check-vet:
	go vet ./...
	go -C dev vet ./...

check-house: # who may import whom, names, comments, reasons
	go test ./internal/house

check-static: deps
	@echo staticcheck ./...
	@tools=$$(scripts/tools.sh) && "$$tools/staticcheck" ./... && cd dev && "$$tools/staticcheck" ./...

check-workflows: deps
	@echo workflowcheck ./workflows/...
	@tools=$$(scripts/tools.sh) && "$$tools/workflowcheck" ./workflows/...

check-sql: deps
	@echo sqlc diff
	@tools=$$(scripts/tools.sh) && cd db && "$$tools/sqlc" diff

check-pages: deps
	@echo templ
	@scripts/templ.sh

check-modules:
	go mod tidy -diff
	go -C dev mod tidy -diff
	go -C dev/tools mod tidy -diff

check-scripts:
	@if command -v shellcheck >/dev/null; then echo shellcheck && shellcheck scripts/*.sh .ci/run; \
		else echo "shellcheck: DID NOT RUN, it is not installed"; fi

check-vulnerabilities: deps
	@echo govulncheck ./...
	@scripts/vulnerabilities.sh

clean: ## delete what was built; the data of make run stay
	rm -rf bin .koppel/bin .koppel/tools

# The only entrance: people, hooks and CI call these targets. What they do is in deploy/local.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Not ?=: a STATE that a shell happens to export is not meant for `make clean`.
STATE = .local
STACK = .venv/bin/python -m local_stack --state $(STATE) $(if $(PORT_BASE),--port-base $(PORT_BASE))
PREPARE = @sh deploy/local/prepare.sh
INSTALLED = @test -x .venv/bin/python || { echo "✗ Nothing is installed yet: make up"; exit 1; }

.PHONY: help up down status logs run restart start stop clean store story logins totp
help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name does; do printf '  \033[1m%-18s\033[0m %s\n' "$$name" "$$does"; done

up:  ## install what is missing, start everything, play the story once (PORT_BASE=5000 for other ports)
	$(PREPARE)
	@$(STACK) up

down:  ## end every process; the state stays
	@if [ -x .venv/bin/python ]; then $(STACK) down; fi

status:  ## each process: state, pid, memory, uptime, restarts, last end
	$(INSTALLED)
	@$(STACK) status

logs:  ## the last lines of each process (NAME=issues-api for one, FOLLOW=1 to go on)
	$(INSTALLED)
	@$(STACK) logs $(NAME) $(if $(FOLLOW),--follow)

run:  ## a service's command: make run SERVICE=residents ARGS='rotate-signing-key' (ARGS=--help lists them)
	$(INSTALLED)
	@$(STACK) run $(SERVICE) $(ARGS)

restart start stop:  ## one process: make restart NAME=issues-api
	$(INSTALLED)
	@$(STACK) $@ $(NAME)

clean:  ## down, and remove the state
	@if [ -x .venv/bin/python ]; then $(STACK) clean; fi

store:  ## compile the faster embedded store, once per machine (about 5 minutes, needs cargo)
	$(PREPARE)
	@$(STACK) store

story:  ## play the story of one day against the running stack, and draw it: build/story.html
	$(INSTALLED)
	@$(STACK) story

logins:  ## the demo logins
	$(INSTALLED)
	@$(STACK) logins

totp:  ## a one-time code of a demo login (WHO=clerk)
	$(INSTALLED)
	@.venv/bin/python -m story totp $(or $(WHO),clerk) --state $(STATE)

.PHONY: attack
attack:  ## strangers try a stack of their own, S1 and S3 to S7 (ONLY=S1,S4, SEED=…, TRIES=…): table, build/attack-<seed>.json
	$(PREPARE)
	@.venv/bin/python -m strangers $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY)) $(if $(TRIES),--tries $(TRIES))

.PHONY: profile
profile:  ## flame graph of a process under load (PID=… of make status, SECONDS=20): build/profile-PID.svg
	$(INSTALLED)
	@test -n "$(PID)" || { echo "✗ Which process? make profile PID=…; make status shows them"; exit 2; }
	@mkdir -p build
	@.venv/bin/py-spy record --gil --rate 250 --pid $(PID) --duration $(or $(SECONDS),20) --output build/profile-$(PID).svg

.PHONY: bench
bench:  ## measure W1 to W5 against references (ONLY=W1 for one, SEED=…, ROWS_1M=1: W4 of a million rows too, many minutes): table, build/bench.json, build/bench.svg
	$(PREPARE)
	@.venv/bin/python -m benchmarks

.PHONY: test test-unit test-contract test-component test-composition test-architecture test-gateway test-journeys test-chart
test:  ## everything CI checks, with counts per layer
	$(PREPARE)
	@.venv/bin/python -m local_stack.checks

test-unit test-contract test-component test-composition test-architecture test-gateway test-journeys test-chart:
	$(PREPARE)
	@.venv/bin/python -m local_stack.checks $(@:test-%=%)

.PHONY: chaos
chaos:  ## kill -9 under load and audit what is left (SEED=…, KILLS=20 of each kind, ONLY=issues-worker,kafka)
	$(PREPARE)
	@.venv/bin/python -m chaos $(if $(SEED),--seed $(SEED)) $(if $(KILLS),--kills $(KILLS)) $(if $(ONLY),--only '$(ONLY)')

.PHONY: images
images:  ## build the images with podman, buildah, docker or BUILDER=… (IMAGES=gateway,issues, VERSION=…): build/images has logs and parts
	$(PREPARE)
	@BUILDER='$(BUILDER)' .venv/bin/python deploy/images/build_images.py $(if $(IMAGES),--images '$(IMAGES)') $(if $(VERSION),--version $(VERSION))

.PHONY: test-cluster
test-cluster:  ## install, upgrade, break, repair and uninstall Linli on the cluster of KUBECONFIG (IMAGE_LOAD='…' loads images, VERSION=…, ONLY='play the story', RATE=8, KEEP=1, ON=namespace of a kept run)
	$(PREPARE)
	@.venv/bin/python -m on_cluster $(if $(ONLY),--only "$(ONLY)") $(if $(VERSION),--version $(VERSION)) $(if $(RATE),--rate $(RATE)) $(if $(KEEP),--keep) $(if $(ON),--on $(ON))

.PHONY: format lint types generate requirements
format:  ## write the code as ruff formats it
	$(PREPARE)
	@.venv/bin/python -m ruff check --fix --quiet . ; .venv/bin/python -m ruff format .

lint:  ## ruff, import-linter, eslint
	$(PREPARE)
	@.venv/bin/python -m local_stack.checks lint

types:  ## mypy --strict, tsc
	$(PREPARE)
	@.venv/bin/python -m local_stack.checks types

generate:  ## schemas of the services, supergraph, persisted operations, docs/events.md
	$(PREPARE)
	@.venv/bin/python -m local_stack.generate

UV_COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet
SERVICE_PROJECTS = chassis/pyproject.toml $(wildcard services/*/pyproject.toml)
TOOL_PROJECTS = $(wildcard simulators/*/pyproject.toml) deploy/local/pyproject.toml $(wildcard story/pyproject.toml) $(wildcard demo/pyproject.toml) $(wildcard tests/*/pyproject.toml)
requirements:  ## pin what the pyproject files ask for, with hashes (needs uv)
	$(UV_COMPILE) --no-emit-package linli-chassis --no-emit-package linli-redaction --no-emit-package linli-wechat --no-emit-package linli-demo $(SERVICE_PROJECTS) -o requirements.txt
	$(UV_COMPILE) --no-emit-package linli-chassis --no-emit-package linli-redaction --no-emit-package linli-wechat --no-emit-package linli-demo -c requirements.txt $(SERVICE_PROJECTS) $(TOOL_PROJECTS) requirements-dev.in -o requirements-dev.txt
	$(UV_COMPILE) deploy/local/store/requirements.in -o deploy/local/store/requirements.txt
	$(UV_COMPILE) tests/chart/helm/requirements.in -o tests/chart/helm/requirements.txt
	$(UV_COMPILE) deploy/images/tools/requirements.in -o deploy/images/tools/requirements.txt

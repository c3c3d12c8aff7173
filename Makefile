.PHONY: run test audit bench lint format fixtures messages lock account
PYTHON ?= python3
PORT ?= 8000
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Read when a recipe runs, not when this file is: the first run writes the key.
KEYED = SECRET_KEY="$${SECRET_KEY:-$$(cat var/secret-key)}"

run: .venv/run var/secret-key
	$(KEYED) scripts/serve.sh $(PORT)

test: .venv/dev var/secret-key
	$(KEYED) scripts/test.sh

audit: .venv/dev var/secret-key
	$(KEYED) scripts/audit.sh

bench: .venv/dev var/secret-key
	$(KEYED) scripts/bench.sh $(SIZES)

lint: .venv/dev var/secret-key
	$(KEYED) scripts/lint.sh

format: .venv/dev
	ruff check --fix . && ruff format . && djhtml --tabwidth 2 templates

fixtures: .venv/run var/secret-key
	$(KEYED) python manage.py build_fixtures

messages: .venv/dev var/secret-key
	$(KEYED) scripts/messages.sh

account: .venv/run var/secret-key
	$(KEYED) python manage.py createsuperuser

lock: .venv/dev
	scripts/lock.sh

.venv/run: requirements.txt
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --require-hashes -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt .venv/run
	.venv/bin/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

var/secret-key:
	mkdir -p var
	(umask 077 && $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50))" > $@)

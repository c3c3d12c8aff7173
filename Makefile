.PHONY: run test audit bench lint format fixtures messages lock account
PYTHON ?= python3
PORT ?= 8000
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# A key of the environment's own goes before that of var/, which the first run writes.
KEYED = test -n "$$SECRET_KEY" || export SECRET_KEY_FILE="$${SECRET_KEY_FILE:-$(CURDIR)/var/secret-key}";

# What Python compiles is kept: processes begin sooner, and there are thousands in tests.
unexport PYTHONDONTWRITEBYTECODE

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
	(umask 077 && mkdir -p var && $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50))" > $@)

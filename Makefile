# Everything sets up what it needs: see .ci/setup.
SHELL := /bin/bash
PYTHON_IN_VENV := .venv/bin/python

.PHONY: help demo test newest lint types format readme bench soak

help:
	@echo "make demo    set up, and take a spoken sample through the whole way"
	@echo "make test    set up, and run the tests"
	@echo "make newest  run the tests with the newest of every dependency, on each Python that is to be had"
	@echo "make lint    ruff        make types   mypy --strict        make format   ruff's layout"
	@echo "make readme  write the commands and settings into README.md and docs/commands.md anew"
	@echo "make bench   measure: start, wait, accuracy, endings, search, reading; beside hns and others (takes hours)"
	@echo "make soak    kill, starve and cut the power, hundreds of times (takes a while; as root also the power)"

demo:
	@.ci/setup demo
	@$(PYTHON_IN_VENV) samples/demo.py

# Four at once: on two cores, too, since half of the time a test waits for a terminal or a microphone.
test:
	@.ci/setup test
	$(PYTHON_IN_VENV) -m pytest -m "not real_time" -n 4 --dist loadfile
	$(PYTHON_IN_VENV) -m pytest -m real_time

newest:
	@.ci/newest

lint:
	@.ci/setup dev
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m ruff format --check .

types:
	@.ci/setup dev
	$(PYTHON_IN_VENV) -m mypy

format:
	@.ci/setup dev
	$(PYTHON_IN_VENV) -m ruff check --fix .
	$(PYTHON_IN_VENV) -m ruff format .

readme:
	@.ci/setup dev
	$(PYTHON_IN_VENV) docs/make_reference.py

# One measurement at a time, and nothing else beside them: they share two cores.
bench:
	@.ci/setup test
	$(PYTHON_IN_VENV) benchmarks/start.py
	$(PYTHON_IN_VENV) benchmarks/first_words.py
	$(PYTHON_IN_VENV) benchmarks/latency.py
	$(PYTHON_IN_VENV) benchmarks/engines.py
	$(PYTHON_IN_VENV) benchmarks/accuracy.py .venv/spoken
	$(PYTHON_IN_VENV) benchmarks/endpoint.py --fast
	$(PYTHON_IN_VENV) benchmarks/search.py
	$(PYTHON_IN_VENV) benchmarks/reading.py

soak:
	@.ci/setup test
	$(PYTHON_IN_VENV) tests/soak/run.py

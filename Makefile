# Everything sets up what it needs: see .ci/setup.
SHELL := /bin/bash
PYTHON_IN_VENV := .venv/bin/python

# What is compiled is kept, whatever the surroundings say: the tests start the program a thousand times.
unexport PYTHONDONTWRITEBYTECODE

ANY_DAYS := any-day-1 any-day-2 any-day-3 any-day-4

.PHONY: help demo test any-day any-day-chosen $(ANY_DAYS) newest lint types fence format readme bench soak fuzz

help:
	@echo "make demo    set up, and take a spoken sample through the whole way"
	@echo "make test    set up, and run the tests"
	@echo "make any-day the tests on four other days; on one: make any-day AT='2028-02-29 09:00' ZONE=Asia/Kolkata"
	@echo "make newest  run the tests with the newest of every dependency, on each Python that is to be had"
	@echo "make lint    ruff        make types   mypy --strict        make format   ruff's layout"
	@echo "make fence   who imports whom: circles, arrows that are not allowed, late imports"
	@echo "make readme  write the commands and settings into README.md, docs/commands.md and docs/man anew"
	@echo "make bench   measure: people first, start, wait, accuracy, endings, search, reading; beside hns and others (takes"
	@echo "             hours); on recordings of people in a folder (see benchmarks/strangers.py): make bench PEOPLE=FOLDER"
	@echo "make fuzz    the tests that make up their own examples, with new ones each time"
	@echo "make soak    kill, starve and cut the power, hundreds of times (takes a while; as root also the power)"

demo:
	@.ci/setup demo
	@$(PYTHON_IN_VENV) samples/demo.py

# Each of the tests' processes multiplies with one thread: theirs would only keep each other from the cores.
test any-day-chosen $(ANY_DAYS): export OPENBLAS_NUM_THREADS := 1

# Four at once: on two cores, too, since half of the time a test waits for a terminal or a microphone. In the order of
# tests/conftest.py, which knows what takes long. Of the rest only the files that have such a test: it takes some seconds
# to look through all of them.
BESIDE_EACH_OTHER := -m "not real_time" -n 4 --dist loadfile --no-loadscope-reorder
test:
	@.ci/setup test
	$(PYTHON_IN_VENV) -m pytest $(BESIDE_EACH_OTHER)
	$(PYTHON_IN_VENV) -m pytest -m real_time $(shell grep -rl --include='test_*.py' mark.real_time tests)

# The tests take place on a day of their own (tests/clock.py), and must hold on any: on the last evening of a year, on the
# day that clocks are put forward, on a leap day, in the first hour of a year. TESTS=... chooses among the tests.
any-day: $(if $(AT),any-day-chosen,$(ANY_DAYS))

any-day-1: AT := 2026-12-31 23:30
any-day-1: ZONE := Europe/London
any-day-2: AT := 2027-03-14 15:10
any-day-2: ZONE := America/New_York
any-day-3: AT := 2028-02-29 09:00
any-day-3: ZONE := Asia/Kolkata
any-day-4: AT := 2027-01-01 00:20
any-day-4: ZONE := America/Los_Angeles
any-day-chosen: ZONE ?= America/New_York

any-day-chosen $(ANY_DAYS):
	@.ci/setup test
	TESTS_AT="$(AT)" TESTS_ZONE="$(ZONE)" $(PYTHON_IN_VENV) -m pytest $(BESIDE_EACH_OTHER) $(TESTS)

newest:
	@.ci/newest

lint:
	@.ci/setup dev
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m ruff format --check .

types:
	@.ci/setup dev
	$(PYTHON_IN_VENV) -m mypy

fence:
	@.ci/setup test
	@$(PYTHON_IN_VENV) tests/fence.py

format:
	@.ci/setup dev
	$(PYTHON_IN_VENV) -m ruff check --fix .
	$(PYTHON_IN_VENV) -m ruff format .

readme:
	@.ci/setup dev
	$(PYTHON_IN_VENV) docs/make_reference.py
	$(PYTHON_IN_VENV) docs/make_man.py

# One measurement at a time, and nothing else beside them: they share two cores.
bench:
	@.ci/setup test
	$(PYTHON_IN_VENV) benchmarks/strangers.py .venv/spoken $(PEOPLE)
	$(PYTHON_IN_VENV) benchmarks/start.py
	$(PYTHON_IN_VENV) benchmarks/first_words.py
	$(PYTHON_IN_VENV) benchmarks/latency.py
	$(PYTHON_IN_VENV) benchmarks/engines.py
	$(PYTHON_IN_VENV) benchmarks/accuracy.py .venv/spoken
	$(PYTHON_IN_VENV) benchmarks/endpoint.py --fast
	$(PYTHON_IN_VENV) benchmarks/search.py
	$(PYTHON_IN_VENV) benchmarks/reading.py
	$(PYTHON_IN_VENV) benchmarks/page.py
	$(if $(PEOPLE),$(PYTHON_IN_VENV) benchmarks/resumed.py $(PEOPLE) .venv/spoken)

soak:
	@.ci/setup test
	$(PYTHON_IN_VENV) tests/soak/run.py

fuzz:
	@.ci/setup test
	$(PYTHON_IN_VENV) -m pytest --hypothesis-profile=searching -n 2 --dist loadfile \
		$(shell grep -rl --include='test_*.py' hypothesis tests)

PYTHON ?= python3
PY := .venv/bin/python

.PHONY: run test check format lint platforms demo-platforms bench sample clean

run: .venv/installed  ## open the board; a new store shows the invented sample
	$(PY) -m streamlit run serve.py

test: .venv/installed-dev  ## prove it; browser tests need chromium, some others make platforms
	$(PY) -m pytest -q -rs -n 2 --dist loadfile

check: .venv/installed-dev lint platforms test  ## what CI runs

platforms:  ## real MLflow, Airflow, … for the tests, in .platforms
	$(PYTHON) tests/platforms/build.py

lint: .venv/installed-dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

format: .venv/installed-dev
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

demo-platforms: .venv/installed-dev  ## real MLflow and Airflow, a model that drifts and is retrained
	$(PYTHON) tests/platforms/build.py mlflow airflow
	PYTHONPATH=tests $(PY) -m platforms.story

bench: .venv/installed-dev  ## ratios, measured in one run
	$(PY) -m bench

sample: .venv/installed  ## write data/sample/*.csv anew from its script
	$(PY) -m data.sample.make

.venv/installed: requirements.txt
	$(PYTHON) -m venv .venv
	$(PY) -m pip install -q -r requirements.txt
	touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(PY) -m pip install -q -r requirements-dev.txt
	touch $@

clean:
	rm -rf .venv .platforms artefacts .pytest_cache .ruff_cache .hypothesis

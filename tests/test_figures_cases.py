"""The portfolios, days and units on which figures are compared; the federal file read anew."""

import csv
import math
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import FEDERAL, FEDERAL_DAY, ROOT, ask
from reference import GIVEN, NAMED, Row, Rows, sample_rows

from dashboard import briefing
from data.sample import LAST_DAY
from data.store import Lens, Store

FEDERAL_STAGES = {
    "Initiated": "idea",
    "Planned": "idea",
    "Ideation": "idea",
    "Acquisition and/or Development": "proof_of_concept",
    "Implementation and Assessment": "pilot",
    "Operation and Maintenance": "production",
    "In production": "production",
    "In mission": "production",
    "Retired": "retired",
}
FEDERAL_DAYS = {
    "idea": "Date Initiated",
    "proof_of_concept": "Date when Acquisition and/or Development began",
    "production": "Date Implemented",
    "retired": "Date Retired",
}


def federal_rows(path: Path, as_of: date) -> Rows:
    """The rows of the federal inventory, an initiative per record."""
    initiatives, statuses = [], []
    with path.open(encoding="cp1252", newline="") as file:
        for number, record in enumerate(csv.DictReader(file), start=1):
            initiatives.append(
                dict.fromkeys((*NAMED, *GIVEN))
                | {
                    "initiative_id": number,
                    "name": " ".join(record["Use Case Name"].split()),
                    "unit": record["Agency"].strip(),
                }
            )
            days = {stage: federal_day(record[column]) for stage, column in FEDERAL_DAYS.items()}
            entered = {stage: (day, None) for stage, day in days.items() if day}
            declared = FEDERAL_STAGES.get(record["Stage of Development"])
            seen = {declared: (None, as_of)} if declared and declared not in entered else {}
            for stage, (entered_on, observed_on) in (entered | seen).items():
                row = {"initiative_id": number, "stage": stage}
                statuses.append(row | {"entered_on": entered_on, "observed_on": observed_on})
    return Rows(initiatives, statuses)


def federal_day(text: str) -> date | None:
    """The day of 7/1/2023; the first of July 2022 for 22-Jul; nothing for anything else.

    7/14/1905 is how a spreadsheet shows the number 2022: only a year, so no day.
    """
    text = text.strip()
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", text):
        month, day, year = map(int, text.split("/"))
        return date(year, month, day) if year != 1905 else None
    if re.fullmatch(r"\d\d-[A-Z][a-z]{2}", text):
        return datetime.strptime(text, "%y-%b").date()
    return None


@cache
def rows_of(portfolio: str) -> Rows:
    if portfolio == "sample":
        return sample_rows(ROOT / "data" / "sample")
    return federal_rows(FEDERAL, FEDERAL_DAY)


# Portfolio, the day asked for (None: whatever the store takes), the unit chosen.
CASES = [
    ("sample", None, None),
    ("sample", date(2025, 12, 31), None),
    ("sample", None, "Logistics"),
    ("federal", None, None),
    ("federal", date(2023, 12, 31), None),
    ("federal", None, "Department of Energy"),
]
every_case = {"params": CASES, "ids": [f"{name}-{day}-{unit}" for name, day, unit in CASES]}


@dataclass(frozen=True)
class Case:
    """A store to ask, and the raw rows that should say the same."""

    store: Store
    rows: Rows
    as_of: date
    lens: Lens
    is_sample: bool

    def ask(self, name: str, as_of: date | None = None, **parameters: object) -> pd.DataFrame:
        lens = Lens(as_of or self.lens.as_of, units=self.lens.units)
        return ask(self.store, name, lens=lens, **parameters)

    @property
    def without(self) -> tuple[str, ...]:
        """The file of the federal inventory has no identifiers to compare."""
        return () if self.is_sample else ("initiative_id",)


@contextmanager
def opened(request: pytest.FixtureRequest, folder: Path) -> Iterator[Case]:
    """The case a fixture's parameter names, in a store of its own."""
    portfolio, day, unit = request.param
    file = request.getfixturevalue(f"{portfolio}_file")
    rows = rows_of(portfolio).of(unit) if unit else rows_of(portfolio)
    units = (unit,) if unit else ()
    default = LAST_DAY if portfolio == "sample" else FEDERAL_DAY
    with Store(shutil.copy(file, folder / "case.duckdb")) as store:
        yield Case(store, rows, day or default, Lens(day, units=units), portfolio == "sample")


# Comparing


def plain(value: object) -> object:
    """A cell of an answer as a plain value: a date, a number, a text, a tuple or None."""
    if isinstance(value, list | tuple | np.ndarray):
        return tuple(value)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if isinstance(value, np.generic) else value


def assert_same(answer: pd.DataFrame, expected: list[Row], without: tuple[str, ...] = ()) -> None:
    """Assert that an answer holds exactly the expected rows and columns, in whatever order."""
    got = [{key: plain(value) for key, value in row.items()} for row in answer.to_dict("records")]
    if expected:
        assert set(expected[0]) == set(answer.columns)
    assert len(got) == len(expected)
    got, expected = (_in_order(rows, without) for rows in (got, expected))
    for ours, theirs in zip(expected, got, strict=True):
        wrong = {
            key: (ours[key], theirs[key]) for key in ours if not _equal(ours[key], theirs[key])
        }
        assert not wrong, f"expected and answered: {wrong} in {ours}"


def _in_order(rows: list[Row], without: tuple[str, ...]) -> list[Row]:
    kept = [{key: value for key, value in row.items() if key not in without} for row in rows]
    return sorted(kept, key=lambda row: [_shown(row[key]) for key in sorted(row)])


def _shown(value: object) -> str:
    is_number = isinstance(value, int | float)
    return f"{value:.6g}" if is_number else str(value)


def _equal(ours: object, theirs: object) -> bool:
    if isinstance(ours, float) and theirs is not None:
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return ours == theirs


def test_every_record_is_an_initiative_and_none_is_merged(federal):
    rows, answered = rows_of("federal"), ask(federal, "portfolio/initiatives")
    assert len(rows.initiatives) == len(answered) == answered["initiative_id"].nunique() == 2133
    names = sorted((row["unit"], row["name"]) for row in rows.initiatives)
    assert names == sorted(zip(answered["unit"], answered["name"], strict=True))


def test_finishers_alone_make_the_way_to_production_look_far_too_short(federal):
    way = briefing.passage(ask(federal, "delivery/time_to_production", from_stage="idea"))
    assert way.curve.median > 2 * way.naive_days

"""Decisions are chosen, linked to and taken along, as people do it."""

import csv
import io
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


def test_the_late_ones_are_chosen_linked_to_and_taken_along(reader):
    walk = reader.open("decisions")
    walk.page.get_by_text("Late", exact=True).first.click()
    walk.says("4 of 16 decisions: 4 late")
    walk.page.wait_for_url("**decision_state=Late**")
    walk.page.reload()
    walk.says("4 of 16 decisions: 4 late")
    taken = {}
    for label in ("Due dates for a calendar (4)", "Decisions (CSV)"):
        with walk.page.expect_download() as download:
            walk.page.get_by_text(label).click()
        taken[label] = Path(download.value.path()).read_bytes()
    dates, rows = taken.values()
    assert dates.count(b"BEGIN:VEVENT\r\n") == 4 and b"SUMMARY:Hold: Complaint triage\r\n" in dates
    found = list(csv.DictReader(io.StringIO(rows.decode("utf-8-sig"))))
    assert [row["name"] for row in found][:2] == ["Complaint triage", "Paint shop defect detection"]
    walk.assert_well()

"""A platform held in memory, for tests of everything around a connector."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import rows

from data.connectors import pulling
from data.connectors.pulled import Pulled, Unmapped


@dataclass
class Platform:
    """Records as (moment, table, line of a text table, object's key), answered from a mark on.

    An object whose line names the initiative `?` is not mapped until somebody links it.
    """

    records: list[tuple[str, str, str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    listed_whole: tuple[str, ...] = ()
    marks: list[object] = field(default_factory=list)
    breaks: Callable[[], object] = lambda: None
    names: dict[str, str] = field(default_factory=dict)

    def fetch(self, settings, mark, http) -> tuple[list, str | None]:
        """What happened after the mark, and the latest moment there is."""
        self.marks.append(mark)
        http.tell(0.5, "Reading a platform held in memory")
        self.breaks()
        fresh = [record for record in self.records if mark is None or record[0] > mark]
        return fresh, max((record[0] for record in self.records), default=None)

    def rows(self, records: Sequence, links, settings) -> Pulled:
        """Records as rows; those of nobody are not mapped."""
        lines: dict[str, list[str]] = {}
        unmapped = {}
        for _, table, line, key in records:
            if line.startswith("? ") and key in links:
                line = line.replace("?", links[key].initiative_id, 1)
            if line.startswith("? "):
                name = self.names.get(key, f"model {key}")
                unmapped[key] = Unmapped("registered model", key, name, "https://x/1")
            else:
                lines.setdefault(table, []).append(line)
        tables = {
            table: rows(table, "\n".join([self.headers[table], *body]))
            for table, body in lines.items()
        }
        left_out = {"records without a name": 0}
        return Pulled(tables, tuple(unmapped.values()), left_out, self.listed_whole)

    def says(self, moment: str, table: str, line: str, key: str = "m") -> None:
        self.records.append((moment, table, line, key))


HEADERS = {
    "model_metrics": "initiative_id model version metric measured_at value",
    "pipeline_runs": "initiative_id run_id platform pipeline purpose model started_at ended_at "
    "outcome url",
    "capabilities": "initiative_id capability assessed_on state evidence",
    "deployment_status": "initiative_id stage entered_on observed_on",
    "costs": "initiative_id month category actual_amount",
}


def put_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Platform:
    """MLflow, held in memory and turned on; every other platform is off."""
    monkeypatch.setenv("EXECUTION_GAP_SECRETS", str(tmp_path / "none.toml"))
    monkeypatch.setenv("EXECUTION_GAP_MLFLOW_URL", "http://127.0.0.1:1")
    made = Platform(headers=HEADERS)
    others = {"mlflow": made}
    monkeypatch.setattr(pulling, "connector", lambda name: others.setdefault(name, Platform()))
    return made

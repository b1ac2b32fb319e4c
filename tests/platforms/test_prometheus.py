"""A real Prometheus: what it answers about a model's service is what its requests say."""

import json
import math
import random
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import named, put

from data.access import LOCAL_OWNER
from data.connectors import prometheus, pulling
from data.connectors.http import Http
from data.connectors.moments import text_of
from data.connectors.pulled import Pulled
from data.errors import ConnectorError
from platforms.running import answers, environment, free_port, running, until
from platforms.stub import Answer, Asked, serving

pytestmark = pytest.mark.platform

HOURS, IDLE, PER_MINUTE = 6, 5, 4
EDGES_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, math.inf)
LABELS = 'initiative_id="INI-001",model="churn",version="3"'
BY = "by (initiative_id, model, version"
QUERIES = {
    "latency_p95_s": f"histogram_quantile(0.95, sum {BY}, le) (increase(took_s_bucket[1h])))",
    "error_rate": f"sum {BY}) (increase(answers_total{{code='500'}}[1h]))"
    f" / sum {BY}) (increase(answers_total[1h]))",
}
CONSTANT = (
    'label_replace(label_replace(vector(1), "model", "m", "", ""), "initiative_id", "i", "", "")'
)
PASSWORD = "not-a-secret"
HASHED = "$2b$04$ZwMUpOC/F/JWOLaFWf7CTub/W1r6BXjgs28CcTVfLXCibppnZYSuW"


@dataclass(frozen=True)
class Request:
    """One answer of the model's service: its minute, how long it took, its status."""

    minute: int
    took_s: float
    code: str


class Past:
    """Six hours of a service that slows down, fails more and more, and is idle in the fifth."""

    def __init__(self):
        chance = random.Random(7)
        self.began_at = _hour(datetime.now(UTC).replace(tzinfo=None)) - timedelta(hours=HOURS + 1)
        self.requests = [
            Request(
                minute,
                chance.lognormvariate(-2.5 + minute / 200, 0.6),
                "500" if chance.random() < 0.02 + minute / 5000 else "200",
            )
            for minute in range(1, HOURS * 60 + 1)
            for _ in range(PER_MINUTE)
            if self.hour_of(minute) != IDLE
        ]

    @staticmethod
    def hour_of(minute: int) -> int:
        return (minute + 59) // 60

    def of_hour(self, hour: int) -> list[Request]:
        return [one for one in self.requests if self.hour_of(one.minute) == hour]

    def ended_at(self, hour: int) -> datetime:
        return self.began_at + timedelta(hours=hour)

    def exposed(self) -> str:
        """The counters of every minute, as OpenMetrics."""
        series: dict[str, Callable[[Request], bool]] = {
            f'answers_total{{{LABELS},code="{code}"}}': lambda one, code=code: one.code == code
            for code in ("200", "500")
        }
        for edge in EDGES_S:
            name = f'took_s_bucket{{{LABELS},le="{"+Inf" if edge == math.inf else edge}"}}'
            series[name] = lambda one, edge=edge: one.took_s <= edge
        began_s = int(self.began_at.replace(tzinfo=UTC).timestamp())
        lines = ["# TYPE answers counter", "# TYPE took_s unknown"]
        for name, counts in series.items():
            total = 0
            for minute in range(HOURS * 60 + 1):
                total += sum(counts(one) for one in self.requests if one.minute == minute)
                lines.append(f"{name} {total} {began_s + minute * 60}")
        return "\n".join([*lines, "# EOF", ""])


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


@pytest.fixture(scope="module")
def past() -> Past:
    return Past()


@pytest.fixture(scope="module")
def program() -> Path:
    """The folder of Debian's prometheus and promtool."""
    return environment("prometheus") / "usr" / "bin"


@contextmanager
def serving_prometheus(
    program: Path, folder: Path, scraped: str = "127.0.0.1:1", *options: str
) -> Iterator[str]:
    """A Prometheus over the blocks in a folder, which scrapes one address ten times a second."""
    (folder / "prometheus.yml").write_text(f"""
global: {{scrape_interval: 100ms, scrape_timeout: 90ms}}
scrape_configs:
  - job_name: models
    static_configs:
      - targets: ["{scraped}"]
        labels: {{initiative_id: INI-002, model: pricing}}
""")
    port = free_port()
    command = (
        program / "prometheus",
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'blocks'}",
        f"--web.listen-address=127.0.0.1:{port}",
        *options,
    )
    url = f"http://127.0.0.1:{port}"
    with running(command, folder, {}, "prometheus") as process:
        signed = f"http://dashboard:{PASSWORD}@127.0.0.1:{port}/-/ready"
        until(lambda: answers(signed, process), "starting Prometheus")
        yield url


@pytest.fixture(scope="module")
def server(program: Path, past: Past, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Prometheus that knows the past of the service."""
    folder = tmp_path_factory.mktemp("prometheus")
    (folder / "past.txt").write_text(past.exposed())
    filled = ["tsdb", "create-blocks-from", "openmetrics", "past.txt", "blocks"]
    subprocess.run([program / "promtool", *filled], cwd=folder, check=True, capture_output=True)
    with serving_prometheus(program, folder) as url:
        yield url


def pull(url: str, links: dict | None = None, mark: str | None = None, **said) -> Pulled:
    settings = {"url": url, "queries": QUERIES, **said}
    records, _ = prometheus.fetch(settings, mark, Http("prometheus", settings))
    return prometheus.rows(records, links or {}, settings)


def values(pulled: Pulled, metric: str) -> dict[datetime, float]:
    rows = pulled.tables["model_metrics"].to_pylist()
    return {row["measured_at"]: row["value"] for row in rows if row["metric"] == metric}


def p95_of_buckets(took_s: list[float]) -> float:
    """The 95th percentile where only the counts of the buckets are known, evenly spread inside."""
    rank, below, lower_s = 0.95 * len(took_s), 0, 0.0
    for upper_s in EDGES_S:
        within = sum(lower_s < one <= upper_s for one in took_s)
        if below + within >= rank:
            return lower_s + (upper_s - lower_s) * (rank - below) / within
        below, lower_s = below + within, upper_s
    raise AssertionError("no requests")


def test_latency_and_error_rate_of_every_hour_are_what_the_requests_say(server, past):
    pulled = pull(server)
    latency_s, error_rate = values(pulled, "latency_p95_s"), values(pulled, "error_rate")
    worked = [hour for hour in range(1, HOURS + 1) if hour != IDLE]
    assert list(error_rate) == list(latency_s) == [past.ended_at(hour) for hour in worked]
    for hour in worked:
        requests, at = past.of_hour(hour), past.ended_at(hour)
        failed = sum(one.code == "500" for one in requests)
        assert error_rate[at] == pytest.approx(failed / len(requests))
        took_s = sorted(one.took_s for one in requests)
        assert latency_s[at] == pytest.approx(p95_of_buckets(took_s))
        exact_s = took_s[math.ceil(0.95 * len(took_s)) - 1]
        assert next(e for e in EDGES_S if latency_s[at] <= e) == next(
            e for e in EDGES_S if exact_s <= e
        )
    whose = {(row["initiative_id"], row["model"], row["version"]) for row in _rows(pulled)}
    assert whose == {("INI-001", "churn", "3")}


def _rows(pulled: Pulled) -> list[dict]:
    return pulled.tables["model_metrics"].to_pylist()


def test_an_idle_hour_has_no_latency_and_is_counted(server):
    assert pull(server).left_out["measurements that are no finite number"] == 2


def test_long_spans_are_asked_in_windows_the_server_is_willing_to_answer(server, monkeypatch):
    monkeypatch.setattr(prometheus, "FIRST_S", 9 * 3600)
    whole = pull(server)
    monkeypatch.setattr(prometheus, "MOST_POINTS", 2)
    assert _rows(pull(server)) == _rows(whole)
    monkeypatch.setattr(prometheus, "STEP_S", 1)
    monkeypatch.setattr(prometheus, "FIRST_S", 15_000)
    monkeypatch.setattr(prometheus, "ANSWERING", {})
    monkeypatch.setattr(prometheus, "MOST_POINTS", 11_000)
    assert len(values(pull(server, queries={"one": CONSTANT}), "one")) > 15_000
    monkeypatch.setattr(prometheus, "MOST_POINTS", 11_002)
    with pytest.raises(ConnectorError, match="does not understand"):
        pull(server, queries={"one": CONSTANT})


def test_a_pull_is_a_batch_and_the_next_one_changes_nothing(server, store, tmp_path, monkeypatch):
    secrets = tmp_path / "secrets.toml"
    queries = "\n".join(f"{name} = {json.dumps(query)}" for name, query in QUERIES.items())
    secrets.write_text(
        f'[connectors.prometheus]\nurl = "{server}"\n[connectors.prometheus.queries]\n{queries}'
    )
    monkeypatch.setenv("EXECUTION_GAP_SECRETS", str(secrets))
    put(store, initiatives=named("INI-001"))
    first = pulling.pull(store, LOCAL_OWNER, "prometheus")
    assert first.stored.rows_stored == {"model_metrics": 10}
    assert first.left_out == {"measurements that are no finite number": 2}
    marked = pulling.begin(store, "prometheus").start.mark
    assert marked <= text_of(datetime.now(UTC).replace(tzinfo=None))
    second = pulling.pull(store, LOCAL_OWNER, "prometheus")
    assert second.stored.batch_id is None
    assert second.says.startswith("Nothing new from Prometheus")


def test_a_model_that_stops_answering_is_seen(program, tmp_path, monkeypatch):
    monkeypatch.setattr(prometheus, "STEP_S", 1)
    monkeypatch.setattr(prometheus, "FIRST_S", 10)
    is_well = True

    def metrics(asked: Asked) -> Answer:
        return Answer(b"healthy 1\n", 200 if is_well else 500, {"Content-Type": "text/plain"})

    def answering(url: str) -> list[float]:
        return list(values(pull(url, queries={}), "answering_share").values())

    with serving(metrics) as model, serving_prometheus(program, tmp_path, model.url[7:]) as url:
        until(lambda: 1 in answering(url), "the first scrape")
        is_well = False
        until(lambda: 0 < answering(url)[-1] < 1, "seeing it fail")
        row = _rows(pull(url, queries={}))[-1]
    assert (row["initiative_id"], row["model"], row["version"]) == ("INI-002", "pricing", "live")


def test_wrong_credentials_and_broken_queries_are_said_in_a_sentence(program, tmp_path):
    (tmp_path / "web.yml").write_text(f"basic_auth_users: {{dashboard: {HASHED}}}")
    locked = f"--web.config.file={tmp_path / 'web.yml'}"
    who = {"username": "dashboard", "password": PASSWORD}
    with serving_prometheus(program, tmp_path, "127.0.0.1:1", locked) as url:
        with pytest.raises(ConnectorError, match=r"refused the credentials \(401\); check"):
            pull(url, username="dashboard", password="wrong")
        assert pull(url, **who).left_out is not None
        with pytest.raises(ConnectorError, match="does not understand the query wrong; mend it"):
            pull(url, **who, queries={"wrong": "rate("})
    with pytest.raises(ConnectorError, match="cannot be reached; see that it runs"):
        pull(url, **who)

"""A stand-in for the API server of Kubeflow Pipelines, which cannot run here: it keeps state.

It behaves as the server's source at 2.17.0 does: a run that has not ended finished in 1970, pages
are cut at 200 without a word, a token serves the question it was given for alone, and what is not
set is left out. Every exchange is kept, to be checked against what KFP publishes.
"""

import base64
import json
from dataclasses import dataclass, field

from platforms.stub import Answer, Asked

NEVER = "1970-01-01T00:00:00Z"
LISTS = {
    "/apis/v2beta1/runs": "runs",
    "/apis/v2beta1/recurringruns": "recurringRuns",
    "/apis/v2beta1/pipelines": "pipelines",
}


@dataclass
class Kubeflow:
    """The server: what it has, which token opens it, and everything it said."""

    token: str = "let-me-in"
    namespace: str | None = None
    most: int = 200
    held: dict[str, list[dict]] = field(default_factory=lambda: {key: [] for key in LISTS.values()})
    exchanges: list[dict] = field(default_factory=list)
    count_until_expired: int | None = None

    def pipeline(self, pipeline_id: str, **more: object) -> None:
        about = {"pipeline_id": pipeline_id, "created_at": "2026-01-01T00:00:00Z"}
        self.held["pipelines"].append(about | {"display_name": f"the {pipeline_id}"} | more)

    def schedule(self, recurring_run_id: str, status: str = "ENABLED", **more: object) -> None:
        about = {
            "recurring_run_id": recurring_run_id,
            "display_name": f"nightly {recurring_run_id}",
            "mode": "ENABLE" if status == "ENABLED" else "DISABLE",
            "status": status,
            "trigger": {"cron_schedule": {"cron": "0 0 2 * * *"}},
            "max_concurrency": "1",
        }
        self.held["recurringRuns"].append(about | more)

    def run(
        self,
        run_id: str,
        created_at: str,
        state: str = "SUCCEEDED",
        finished_at: str = NEVER,
        pipeline: str | None = "train",
        schedule: str | None = None,
        **more: object,
    ) -> dict:
        """Add a run; what is returned may be changed, as a run changes."""
        about: dict = {
            "run_id": run_id,
            "experiment_id": "default",
            "display_name": f"run {run_id}",
            "storage_state": "AVAILABLE",
            "created_at": created_at,
            "scheduled_at": created_at,
            "finished_at": finished_at,
            "state": state,
        }
        if pipeline:
            version = {"pipeline_id": pipeline, "pipeline_version_id": f"{pipeline}-v1"}
            about["pipeline_version_reference"] = version
        if schedule:
            about["recurring_run_id"] = schedule
        self.held["runs"].append(about | more)
        return self.held["runs"][-1]

    def __call__(self, asked: Asked) -> Answer:
        if self.count_until_expired is not None:
            self.count_until_expired -= 1
            self.token = self.token if self.count_until_expired >= 0 else "renewed"
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return Answer({"code": 16, "message": "Unauthenticated", "details": []}, 401)
        path = asked.path.removeprefix("/pipeline")
        if path not in LISTS:
            return Answer({"code": 5, "message": "Not Found", "details": []}, 404)
        answer = self._page(LISTS[path], asked)
        if answer.status == 200:
            params = {name: values[0] for name, values in asked.params.items()}
            self.exchanges.append({"path": path, "params": params, "answer": answer.content})
        return answer

    def _page(self, key: str, asked: Asked) -> Answer:
        question = {name: asked.one(name) for name in ("filter", "sort_by", "namespace")}
        start = 0
        if token := asked.one("page_token"):
            start, of = json.loads(base64.b64decode(token))
            if of != question:
                return Answer({"code": 3, "message": "page token of another list"}, 400)
        found = self._matching(key, question)
        size = min(int(asked.one("page_size", "20")), self.most)
        page: dict = {key: found[start : start + size], "total_size": len(found)}
        if start + size < len(found):
            token = json.dumps([start + size, question]).encode()
            page["next_page_token"] = base64.b64encode(token).decode()
        return Answer({name: value for name, value in page.items() if value})

    def _matching(self, key: str, question: dict[str, str]) -> list[dict]:
        found = self.held[key]
        if self.namespace and key == "pipelines":
            found = [one for one in found if one.get("namespace", "") == question["namespace"]]
        for predicate in json.loads(question["filter"] or '{"predicates": []}')["predicates"]:
            assert predicate["operation"] == "GREATER_THAN_EQUALS"
            since = predicate["timestamp_value"]
            found = [one for one in found if one[predicate["key"]] >= since]
        if question["sort_by"] == "created_at asc":
            found = sorted(found, key=lambda one: one["created_at"])
        return found

"""A stand-in for the service of Weights & Biases, for its real client: six questions of GraphQL.

The service cannot run here and publishes no schema, so its runs are those of real offline logs, and
an answer the real client cannot read fails the test. A question nobody knows is refused.
"""

import base64
import json
import re
from dataclasses import dataclass, field

from platforms.stub import Answer, Asked

WHO = {"id": "1", "entity": "our-team", "username": "dashboard", "email": "d@example.org"}


@dataclass
class Wandb:
    """The service: who may ask, the runs of its one project, and what it was asked.

    A run has the fields of the API, and its steps under `steps`. `most` runs come on a page.
    """

    api_key: str = "a" * 40
    project: str = "churn"
    most: int = 2
    runs: list[dict] = field(default_factory=list)
    asked: list[tuple[str, dict]] = field(default_factory=list)
    count_busy: int = 0

    def __call__(self, asked: Asked) -> Answer:
        if asked.path != "/graphql":
            return Answer({}, 404)
        key = base64.b64encode(f"api:{self.api_key}".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {key}":
            return Answer({"errors": [{"message": "user is not logged in"}]}, 401)
        question = json.loads(asked.body)
        name = re.search(r"query (\w+)", question["query"])[1]
        variables = question.get("variables") or {}
        self.asked.append((name, variables))
        if self.count_busy and name != "Viewer":
            self.count_busy -= 1
            return Answer({"errors": [{"message": "rate limit exceeded"}]}, 429)
        answers = {
            "Viewer": self._viewer,
            "GetDefaultEntity": self._viewer,
            "Runs": self._runs,
            "Run": self._run,
            "RunFullHistory": self._full,
            "RunSampledHistory": self._sampled,
        }
        return Answer({"data": answers[name](**variables)})

    def _viewer(self) -> dict:
        return {"viewer": WHO | {"flags": "{}", "teams": {"edges": []}}}

    def _runs(self, project: str, entity: str, **asked: object) -> dict:
        if (entity, project) != (WHO["entity"], self.project):
            return {"project": None}
        since = json.loads(asked["filters"]).get("createdAt", {}).get("$gte", "")
        found = [run for run in self.runs if run["createdAt"] >= since]
        start = int(asked.get("cursor") or 0)
        some = found[start : start + min(asked["perPage"], self.most)]
        edges = [{"node": _node(run), "cursor": f"{start + n + 1}"} for n, run in enumerate(some)]
        more = {"hasNextPage": start + len(some) < len(found)}
        page = {"edges": edges, "pageInfo": more | {"endCursor": f"{start + len(some)}"}}
        about = {"internalId": "7", "runCount": len(found), "readOnly": True}
        return {"project": about | {"runs": page}}

    def _run(self, name: str, **_: str) -> dict:
        return {"project": {"run": _node(self._named(name))}}

    def _full(self, name: str, samples: int, **_: str) -> dict:
        steps = _thinned(self._named(name)["steps"], samples)
        return {"project": {"run": {"history": [json.dumps(step) for step in steps]}}}

    def _sampled(self, name: str, specs: list[str], **_: str) -> dict:
        [spec] = map(json.loads, specs)
        steps = [step for step in self._named(name)["steps"] if {*spec["keys"]} <= {*step}]
        some = [{key: step[key] for key in spec["keys"]} for step in steps]
        return {"project": {"run": {"sampledHistory": [_thinned(some, spec["samples"])]}}}

    def _named(self, name: str) -> dict:
        return next(run for run in self.runs if run["name"] == name)


def _node(run: dict) -> dict:
    """A run as the API gives it, with what it always has."""
    always = {
        "id": f"storage-{run['name']}",
        "projectId": "7",
        "sweepName": None,
        "group": None,
        "commit": None,
        "readOnly": True,
        "description": None,
        "notes": None,
        "user": {"name": "Dashboard", "username": "dashboard"},
        "config": "{}",
        "summaryMetrics": "{}",
        "systemMetrics": "{}",
        "historyKeys": None,
        "historyLineCount": len(run["steps"]),
    }
    return always | {key: value for key, value in run.items() if key != "steps"}


def _thinned(steps: list[dict], most: int) -> list[dict]:
    """Evenly, from the first to the last."""
    if len(steps) <= most:
        return steps
    return [steps[round(n * (len(steps) - 1) / (most - 1))] for n in range(most)]

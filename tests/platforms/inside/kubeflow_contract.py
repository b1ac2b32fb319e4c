"""Run by the Python that has kfp-server-api: is every question and answer as KFP publishes it?

    python kubeflow_contract.py < exchanges.json

An exchange has a path, the names of its parameters, and the answer. Every field of an answer is
looked up in the models that KFP's own build generates from its API; what is unknown, of another
type or no word of its list is printed, one line each.
"""

import inspect
import json
import re
import sys
from collections.abc import Iterator

import kfp_server_api as api

LISTS = {
    "/apis/v2beta1/runs": api.RunServiceApi.run_service_list_runs_with_http_info,
    "/apis/v2beta1/recurringruns": (
        api.RecurringRunServiceApi.recurring_run_service_list_recurring_runs_with_http_info
    ),
    "/apis/v2beta1/pipelines": (
        api.PipelineServiceApi.pipeline_service_list_pipelines_with_http_info
    ),
}
PLAIN = {"str": str, "int": int, "bool": bool, "float": (int, float), "object": object}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def problems(kind: str, value: object, place: str) -> Iterator[str]:
    """What of a value is not as the type says, with its place."""
    inside = re.fullmatch(r"list\[(?P<item>.+)\]|dict\(str, (?P<value>.+)\)", kind)
    if hasattr(api, kind):
        yield from of_model(getattr(api, kind), value, place)
    elif inside and isinstance(value, list if inside["item"] else dict):
        for key, part in enumerate(value) if inside["item"] else value.items():
            yield from problems(inside["item"] or inside["value"], part, f"{place}.{key}")
    elif inside or not is_plain(kind, value):
        yield f"{place} is no {kind}: {value!r}"


def is_plain(kind: str, value: object) -> bool:
    """Whether a value is a moment, a text, a number, or whatever it likes."""
    if kind == "datetime":
        return isinstance(value, str) and bool(MOMENT.fullmatch(value))
    return isinstance(value, PLAIN[kind])


def of_model(model: type, value: object, place: str) -> Iterator[str]:
    """What of a value is not as a generated model says."""
    if words := getattr(model, "allowable_values", None):
        if value not in words:
            yield f"{place} is no {model.__name__}: {value!r}"
        return
    if not isinstance(value, dict):
        yield f"{place} is no {model.__name__}: {value!r}"
        return
    names = {said: name for name, said in model.attribute_map.items()}
    for key, part in value.items():
        if key not in names:
            yield f"{place}.{key} is unknown to {model.__name__}"
        else:
            yield from problems(model.openapi_types[names[key]], part, f"{place}.{key}")


def of_exchange(exchange: dict) -> Iterator[str]:
    """What of a question or its answer KFP does not publish."""
    path = exchange["path"]
    source = inspect.getsource(LISTS[path])
    assert f"'{path}', 'GET'" in source
    known = set(re.findall(r"query_params\.append\(\('(\w+)'", source))
    for name in set(exchange["params"]) - known:
        yield f"{path} has no parameter {name}"
    if said := exchange["params"].get("filter"):
        yield from of_model(api.V2beta1Filter, json.loads(said), "filter")
    answer = re.search(r"response_type='(\w+)'", source)[1]
    yield from problems(answer, exchange["answer"], path)


if __name__ == "__main__":
    for exchange in json.load(sys.stdin):
        for problem in of_exchange(exchange):
            print(problem)

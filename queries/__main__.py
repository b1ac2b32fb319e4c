"""Ask the board's questions from the command line.

python -m queries                              lists every question
python -m queries delivery/funnel --unit Retail --as-of 2026-03-31 --format csv
"""

import argparse
import sys
from datetime import date, datetime

import pandas as pd

import queries
from data.access import LOCAL_OWNER
from data.errors import DataError
from data.store import STALLED_DAYS, Lens, Store, default_path

STARTS = ("idea", "proof_of_concept", "pilot")


class Unusable(Exception):
    """The command cannot be followed as given; says what would be valid."""


def main(arguments: list[str] | None = None) -> int:
    """Answer a question; the exit code: 0 answered, 1 the store cannot be used, 2 asked wrongly."""
    options = _options(arguments)
    try:
        if options.name is None:
            print("\n".join(f"{name:<32}{queries.question(name)}" for name in queries.names()))
            return 0
        queries.text(options.name)
        with Store(options.store or default_path()) as store:
            print(_written(_answer(store, options), options.format))
        return 0
    except (Unusable, queries.QueryError) as error:
        print(error, file=sys.stderr)
        return 2
    except DataError as error:
        print(error, file=sys.stderr)
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m queries", description=__doc__.split("\n")[0])
    parser.add_argument("name", nargs="?", help="the question; without one, lists them all")
    parser.add_argument("--as-of", help="what was true in the business that day, YYYY-MM-DD")
    parser.add_argument("--known-at", help="what was known by then, YYYY-MM-DD HH:MM:SS in UTC")
    parser.add_argument("--unit", action="append", default=[], help="only this unit; repeatable")
    parser.add_argument(
        "--sponsor", action="append", default=[], help="only this sponsor; repeatable"
    )
    parser.add_argument("--param", action="append", default=[], metavar="K=V")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    parser.add_argument("--store", help="the store's file")
    return parser.parse_args(arguments)


def _answer(store: Store, options: argparse.Namespace) -> pd.DataFrame:
    given = dict(_pair(text) for text in options.param)
    stalled_days = _number(given.pop("stalled_days", STALLED_DAYS))
    lens = Lens(
        as_of=_day(options.as_of),
        known_at=_moment(options.known_at),
        units=_known(store, "units", options.unit),
        sponsors=_known(store, "sponsors", options.sponsor),
        stalled_days=stalled_days,
    )
    _refuse_unknown(options.name, given)
    if "from_stage" in given and given["from_stage"] not in STARTS:
        raise Unusable(f"{given['from_stage']} is no stage to start from: {', '.join(STARTS)}.")
    if "within_days" in given:
        given["within_days"] = _number(given["within_days"])
    with store.reader(LOCAL_OWNER, lens) as cursor:
        return queries.run(cursor, options.name, **given)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise Unusable(f"--param {text} is not of the form NAME=VALUE.")
    return name, value


def _refuse_unknown(name: str, given: dict[str, str]) -> None:
    wanted = queries.parameters(name)
    for key in given:
        if key not in wanted:
            valid = ", ".join(sorted(wanted | {"stalled_days"}))
            raise Unusable(f"queries/{name}.sql has no ${key}; its parameters: {valid}.")


def _number(text: str | int) -> int:
    try:
        return int(text)
    except ValueError:
        raise Unusable(f"{text} is not a whole number of days.") from None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unusable(f"{text} is not a date: write it as YYYY-MM-DD.") from None


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise Unusable(f"{text} is not a time: write it as YYYY-MM-DD HH:MM:SS, in UTC.") from None
    if moment and moment.tzinfo:
        raise Unusable(f"{text} has a time zone: give it in UTC, without one.")
    return moment


def _known(store: Store, what: str, chosen: list[str]) -> tuple[str, ...]:
    with store.reader(LOCAL_OWNER) as cursor:
        known = queries.run(cursor, f"board/{what}")[what.removesuffix("s")].tolist()
    for name in chosen:
        if name not in known:
            valid = ", ".join(known) or "none yet"
            raise Unusable(f"There is no {what.removesuffix('s')} {name}; there are: {valid}.")
    return tuple(chosen)


def _written(answer: pd.DataFrame, form: str) -> str:
    if form == "csv":
        return answer.to_csv(index=False).rstrip("\n")
    if form == "json":
        return answer.to_json(orient="records", date_format="iso", date_unit="s", force_ascii=False)
    return answer.to_string(index=False) if len(answer) else "No rows."


if __name__ == "__main__":
    sys.exit(main())

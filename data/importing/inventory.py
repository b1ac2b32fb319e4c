"""A list of initiatives, one per record, to initiatives and the stages they are known to be in."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.importing import identity
from data.importing.convert import Context
from data.importing.mapping import alike
from data.importing.problems import INFO, WARNING
from data.importing.rows import Draft, Rows, kept, refuse_repeated
from data.tables import STAGES, TABLES

NO_UNIT = "No unit"
EXITS = ("stopped", "retired")


def tables(made: Draft, context: Context, known: Collection[str]) -> dict[str, Rows]:
    """The initiatives of a draft and, for an inventory, their status rows.

    `known` are the stored initiatives, at best with the unit and name of each.
    """
    _name_units(made)
    _identify(made, identity.stored(known))
    initiatives = kept(made, TABLES["initiatives"])
    if made.mapping.as_ == "initiatives":
        return {"initiatives": initiatives}
    return {"initiatives": initiatives, "deployment_status": _statuses(made, context)}


def _name_units(made: Draft) -> None:
    """One spelling per unit, and a name for none."""
    units = made.values("unit")
    spelling = _usual_spellings(units)
    _tell_respelled(made, units, spelling)
    made.set("unit", [spelling[alike(unit)] if unit else NO_UNIT for unit in units])
    mend = "Name the unit that answers for it."
    if not made.mapping.header("unit"):
        says = f'No column names the unit: initiatives that are not stored yet have "{NO_UNIT}".'
        made.tell_of_file(WARNING, says, mend)
        return
    for place in made.kept.tolist():
        if not units[place]:
            made.tell(place, "unit", WARNING, f'The unit is missing: stored as "{NO_UNIT}".', mend)


def _usual_spellings(units: list[str | None]) -> dict[str, str]:
    """Each unit's most frequent spelling, on equal counts the first."""
    spelling: dict[str, str] = {}
    for unit, _ in Counter(filter(None, units)).most_common():
        spelling.setdefault(alike(unit), unit)
    return spelling


def _tell_respelled(made: Draft, units: list[str | None], spelling: dict[str, str]) -> None:
    respelled = Counter(unit for unit in units if unit and unit != spelling[alike(unit)])
    for unit, count in respelled.items():
        says = f'"{unit}" is stored as "{spelling[alike(unit)]}", as most rows spell it ({count}x).'
        made.tell(units.index(unit), "unit", INFO, says, "Spell the unit alike in every row.")


def _identify(made: Draft, stored: Mapping[tuple[str, str], str]) -> None:
    """The file's identifiers, those of the store, or derived ones; equal names are kept apart."""
    identifiers, places = list(made.values("initiative_id")), made.kept.tolist()
    given = {identifiers[place]: place for place in reversed(places) if identifiers[place]}
    nameless = [place for place in places if not identifiers[place]]
    named = {
        place: identity.Named(made.values("unit")[place], made.values("name")[place])
        for place in nameless
    }
    found = [stored.get(named[place].alike) or identity.derived(*named[place]) for place in named]
    told = identity.apart([*given, *found])[len(given) :]
    before = [*given.values(), *nameless]
    for place, (identifier, first) in zip(nameless, told, strict=True):
        identifiers[place] = identifier
        if first is not None:
            says = (
                f"{named[place].unit} has this name in row {made.number(before[first])} already; "
                f"this one is kept apart as {identifier}."
            )
            made.tell(place, "name", WARNING, says, "Give it an identifier or a name of its own.")
    made.set("initiative_id", identifiers)
    refuse_repeated(made, TABLES["initiatives"])
    _tell_identified(made, nameless, sum(each.alike in stored for each in named.values()))


def _tell_identified(made: Draft, nameless: list[int], count_stored: int) -> None:
    """Say how many rows came without an identifier, and where they have it from."""
    if not nameless:
        return
    count = "1 row has" if len(nameless) == 1 else f"{len(nameless):,} rows have"
    says = f"{count} no identifier: it is derived from unit and name, and the same every time."
    if count_stored:
        are = "is" if count_stored == 1 else "are"
        says += f" {count_stored:,} of them {are} known by unit and name, so the stored one stands."
    made.tell_of_file(INFO, says, "Write identifiers if units or names may change.")


def _statuses(made: Draft, context: Context) -> Rows:
    if not _has_stages(made):
        says = "No column names a stage or the day of one: every row counts in no stage."
        made.tell_of_file(WARNING, says, "Map the column that says where each initiative stands.")
    identifiers, notes = made.values("initiative_id"), made.values("note")
    found = [
        (made.number(place), {"initiative_id": identifiers[place], "note": notes[place], **status})
        for place in made.kept.tolist()
        for status in _of_record(made, place, context.as_of)
    ]
    schema = TABLES["deployment_status"].schema
    rows = pa.Table.from_pylist([row for _, row in found], schema=schema)
    # That a stage was seen does not deny the day it was entered, nor the other way round.
    unsaid = {
        name: np.asarray(pc.is_null(rows.column(name))) for name in ("entered_on", "observed_on")
    }
    if not made.mapping.header("note"):
        unsaid["note"] = np.ones(len(rows), dtype=bool)
    return Rows(rows, pa.array([number for number, _ in found], pa.int64()), unsaid)


def _has_stages(made: Draft) -> bool:
    """Whether any column of the file says where initiatives stand."""
    targets = made.mapping.columns.values()
    return any(each.partition(":")[0] in ("stage", "entered_on") for each in targets)


def _of_record(made: Draft, place: int, as_of: date) -> Iterator[dict]:
    """The status rows of one record: a row per dated stage, and one for the stage it is in."""
    declared = made.values("stage")[place]
    days = {stage: day for stage in STAGES if (day := made.values(f"entered_on:{stage}")[place])}
    alone = made.values("entered_on")[place]
    if declared and alone and declared not in days:
        days = _in_order(days | {declared: alone})
    _check(made, place, declared, days, as_of)
    for stage, day in days.items():
        yield {"stage": stage, "entered_on": day, "observed_on": None}
    if declared and declared not in days:
        observed = made.values("observed_on")[place] or as_of
        yield {"stage": declared, "entered_on": None, "observed_on": observed}


def _in_order(days: dict[str, date]) -> dict[str, date]:
    return {stage: days[stage] for stage in STAGES if stage in days}


def _check(made: Draft, place: int, declared: str | None, days: dict, as_of: date) -> None:
    """Say what is missing, still to come, or contradicts itself in a record's stages."""
    is_silent = not declared and not days and not made.text(place, "stage").strip()
    if is_silent and _has_stages(made):
        says = "The stage is unknown: the initiative is stored and counts in no stage."
        made.tell(
            place, "stage", WARNING, says, "Write the stage it is in, or a day it entered one."
        )
    for stage, day in days.items():
        if day > as_of:
            _tell_of_future(made, place, stage, day, declared, as_of)
        elif _is_beyond(stage, declared):
            says = (
                f"It entered {_said(stage)} on {day}, but the row says it is in {_said(declared)}."
            )
            mend = "Correct the stage or the day."
            made.tell(place, _source(made, place, stage), WARNING, says, mend)
    _check_sequence(made, place, days)


def _tell_of_future(made, place, stage, day, declared, as_of) -> None:
    if stage == declared:
        says = f"The row says it is in {_said(stage)}, but the day lies after {as_of}."
        made.tell(
            place, _source(made, place, stage), WARNING, says, "Correct the stage or the day."
        )
    else:
        says = f"{day} lies after {as_of}: entering {_said(stage)} is planned, in the future."
        made.tell(place, _source(made, place, stage), INFO, says, "Nothing needs to be done.")


def _is_beyond(stage: str, declared: str | None) -> bool:
    """Whether entering a stage contradicts being in the declared one."""
    return bool(declared) and STAGES.index(stage) > STAGES.index(declared)


def _check_sequence(made: Draft, place: int, days: dict[str, date]) -> None:
    """Say where a later stage was entered before an earlier one."""
    stages = list(days)
    for earlier, later in zip(stages, stages[1:], strict=False):
        if days[later] < days[earlier]:
            says = (
                f"It entered {_said(later)} on {days[later]}, before it entered {_said(earlier)} "
                f"on {days[earlier]}."
            )
            made.tell(
                place, _source(made, place, later), WARNING, says, "Correct one of the two days."
            )


def _source(made: Draft, place: int, stage: str) -> str:
    """The target the stage's day came from."""
    by_stage = f"entered_on:{stage}"
    return by_stage if made.values(by_stage)[place] else "entered_on"


def _said(stage: str) -> str:
    return stage.replace("_", " ")

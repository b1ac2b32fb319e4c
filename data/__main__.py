"""Bring rows in and take them back, from the command line; the same code as the board's.

python -m data import FILE --as inventory --as-of 2024-12-16
python -m data undo BATCH
"""

import argparse
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from data import (
    backup,
    batches,
    exports,
    mappings,
    progress,
    sample,
    uploads,
    verify,
    workbooks,
)
from data.access import LOCAL_OWNER
from data.connectors import shell
from data.connectors.settings import SOURCES
from data.errors import DataError, FileRefused, MappingRefused
from data.importing import Sheet, read
from data.importing.choices import Choices
from data.importing.mapping import IMPORTABLE, Mapping, from_json
from data.progress import Progress
from data.store import Store, default_path
from data.tables import TABLES


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; the exit code: 0 done, 1 refused with a sentence, 2 asked wrongly."""
    options = _options(arguments)
    try:
        path = Path(options.store or default_path())
        if options.command == "pull":
            return shell.pull(path, options.name, options.dry_run, options.json)
        with Store(path) as store:
            return options.run(store, options) or 0
    except DataError as error:
        print(error, file=sys.stderr)
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--store", help="the store's file")
    parser = argparse.ArgumentParser(prog="python -m data", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name, run, says):
        added = commands.add_parser(name, help=says, description=says, parents=[shared])
        added.set_defaults(run=run)
        return added

    _import_options(command("import", _import, "bring a file in"))
    command("undo", _undo, "stop a batch from counting").add_argument("batch")
    command("redo", _redo, "let an undone batch count again").add_argument("batch")
    command("batches", _batches, "list every batch")
    command("backup", _backup, "write the whole store to a folder").add_argument("dir")
    command("restore", _restore, "bring a backup back").add_argument("dir")
    added = command("template", _template, "write a file to fill in: .xlsx or .csv")
    added.add_argument("table", choices=IMPORTABLE)
    added.add_argument("file")
    added = command("export", _export, "write what is stored, to edit and import again")
    added.add_argument("table", choices=TABLES)
    added.add_argument("file")
    added = command("pull", None, "bring in what the platforms that are turned on know")
    added.add_argument("name", nargs="?", choices=SOURCES, help="one platform; else all")
    added.add_argument("--dry-run", action="store_true", help="look, store nothing")
    added.add_argument("--json", action="store_true", help="print the outcomes as JSON")
    command("verify", _verify, "rebuild current rows from all versions and compare")
    added = command("sample", _sample, "load the invented sample portfolio")
    added.add_argument("--take-out", action="store_true", help="undo it instead")
    return parser.parse_args(arguments)


def _import_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file")
    parser.add_argument("--as", dest="as_", required=True, choices=("inventory", *TABLES))
    parser.add_argument("--as-of", type=_day, help="the day the file describes, YYYY-MM-DD")
    parser.add_argument("--mapping", help="a mapping file, JSON")
    parser.add_argument(
        "--limit-mb", type=float, default=1024, help="the largest file to take, in MB (1024)"
    )
    parser.add_argument("--replace", action="store_true", help="the file is a complete list")
    parser.add_argument("--dry-run", action="store_true", help="look, store nothing")
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date: write it as YYYY-MM-DD") from None


def _import(store: Store, options: argparse.Namespace) -> None:
    with progress.on_terminal() as tell:
        prepared = _looked_at(store, options, lambda share, says: tell(share / 2, says))
        outcome = None
        if not options.dry_run:
            outcome = uploads.keep(
                store,
                LOCAL_OWNER,
                prepared,
                "command line",
                options.replace,
                progress=lambda share, says: tell(0.5 + share / 2, says),
            )
    (_print_json if options.json else _print_text)(prepared, outcome)
    if sample.counting(store) and outcome and outcome.stored.batch_id and not options.json:
        print("The invented sample counts too; take it out with: python -m data sample --take-out")


def _looked_at(store: Store, options: argparse.Namespace, tell: Progress) -> uploads.Prepared:
    """The file as it would be stored; what was needed to read it is let go."""
    mapping, sheet = _mapping(options.mapping), None
    with uploads.copied(options.file, options.limit_mb) as content:
        if mapping is None:
            tell(0.0, "Reading the file")
            sheet = read(
                content,
                limit_mb=options.limit_mb,
                waiting=lambda: tell(0.0, "Reading the file"),
            )
            mapping = _saved(store, sheet, options)
            sheet = sheet if mapping is None or mapping.choices == Choices() else None
        return uploads.look_at(
            store,
            LOCAL_OWNER,
            content,
            Path(options.file).name,
            options.as_,
            options.as_of,
            mapping,
            limit_mb=options.limit_mb,
            sheet=sheet,
            progress=tell,
        )


def _saved(store: Store, sheet: Sheet, options: argparse.Namespace) -> Mapping | None:
    """The mapping kept for a file with these headers, said on the way."""
    as_of = options.as_of or date.today()
    saved = mappings.find(store, LOCAL_OWNER, sheet, Path(options.file).name, as_of)
    if not saved or saved.mapping.as_ != options.as_:
        return None
    print(
        f"Recognized: mapped as on {saved.saved_at:%d %b %Y} by {saved.saved_by} "
        f"({saved.file_name}).",
        file=sys.stderr,
    )
    return saved.mapping


def _mapping(path: str | None) -> Mapping | None:
    if path is None:
        return None
    try:
        return from_json(uploads.read_file(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise MappingRefused(f"The mapping {path} is not UTF-8 text: save it as UTF-8.") from None


def _print_json(prepared: uploads.Prepared, outcome: uploads.Outcome | None) -> None:
    counts = {name: rows.num_rows for name, rows in prepared.tables.items()}
    answer = {
        "batch_id": outcome.stored.batch_id if outcome else None,
        "as_of": prepared.as_of.isoformat(),
        "rows_read": prepared.rows_read,
        "rows_refused": prepared.rows_refused,
        "rows_stored": outcome.stored.rows_stored if outcome else dict.fromkeys(counts, 0),
        "rows_removed": outcome.stored.rows_removed if outcome else dict.fromkeys(counts, 0),
        "rows_found": counts,
        "says": outcome.says if outcome else "Nothing was stored: this was a dry run.",
        "problems": [problem.as_dict() for problem in prepared.problems],
        "mapping": prepared.mapping.to_dict(),
    }
    print(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def _print_text(prepared: uploads.Prepared, outcome: uploads.Outcome | None) -> None:
    print(prepared.reading.says)
    print("Mapping:", json.dumps(prepared.mapping.to_dict(), ensure_ascii=False, indent=2))
    for problem in prepared.problems:
        if problem.severity != "info":
            print(
                f"{problem.severity}: row {problem.row}, {problem.column} {problem.value!r}: "
                f"{problem.says} {problem.mend}"
            )
    tally = Counter(problem.severity for problem in prepared.problems)
    print(f"{tally['error']} errors, {tally['warning']} warnings, {tally['info']} notes.")
    print(outcome.says if outcome else "Nothing was stored: this was a dry run.")
    if outcome and outcome.stored.batch_id:
        print(f"Batch {outcome.stored.batch_id}; take it back with: python -m data undo BATCH")


def _undo(store: Store, options: argparse.Namespace) -> None:
    print(f"Undone: batch {batches.undo(store, options.batch, LOCAL_OWNER)}.")


def _redo(store: Store, options: argparse.Namespace) -> None:
    print(f"Counts again: batch {batches.redo(store, options.batch, LOCAL_OWNER)}.")


def _batches(store: Store, options: argparse.Namespace) -> None:
    with store.reader(LOCAL_OWNER) as cursor:
        rows = cursor.execute(
            """
            select number, batch_id, stored_at, stored_by, source, file_name, as_of, is_counting
            from batches order by number
            """
        ).fetchall()
    for number, batch_id, at, who, source, file_name, as_of, is_counting in rows:
        state = "counts" if is_counting else "undone"
        print(
            f"{number}  {batch_id}  {at:%Y-%m-%d %H:%M:%S}  {state}  as of {as_of}  "
            f"{source}: {file_name} ({who})"
        )
    if not rows:
        print(
            "Nothing was stored yet: python -m data import FILE --as TABLE, "
            "or python -m data sample."
        )


def _backup(store: Store, options: argparse.Namespace) -> None:
    counts = backup.write(store, options.dir, LOCAL_OWNER)
    print(f"Backed up {sum(counts.values())} rows of {len(counts)} tables to {options.dir}.")


def _restore(store: Store, options: argparse.Namespace) -> None:
    counts = backup.restore(store, options.dir, LOCAL_OWNER)
    print(f"Restored {sum(counts.values())} rows of {len(counts)} tables from {options.dir}.")


def _template(store: Store, options: argparse.Namespace) -> None:
    is_workbook = _is_workbook(options.file)
    made = workbooks.template if is_workbook else workbooks.template_csv
    uploads.write_file(options.file, made(options.table))
    print(f"Wrote a template for {options.table} to {options.file}.")


def _export(store: Store, options: argparse.Namespace) -> None:
    made = exports.as_workbook if _is_workbook(options.file) else exports.as_csv
    uploads.write_file(options.file, made(store, LOCAL_OWNER, options.table))
    count = exports.counts(store, LOCAL_OWNER)[options.table]
    print(f"Wrote {count:,} rows of {options.table} to {options.file}.")


def _is_workbook(file: str) -> bool:
    ending = Path(file).suffix.lower()
    if ending not in (".xlsx", ".csv"):
        raise FileRefused(f"{file} must end in .xlsx or .csv, which says what to write.")
    return ending == ".xlsx"


def _verify(store: Store, options: argparse.Namespace) -> int:
    wrong = {name: count for name, count in verify.differences(store).items() if count}
    for name, count in wrong.items():
        print(f"{name}: {count} rows differ from their versions.", file=sys.stderr)
    if not wrong:
        print("Every table's current rows follow from its versions.")
    return 1 if wrong else 0


def _sample(store: Store, options: argparse.Namespace) -> None:
    if options.take_out:
        count = sample.take_out(store, LOCAL_OWNER)
        print("The sample was taken out." if count else "The sample does not count here.")
        return
    sample.load_benchmarks(store, LOCAL_OWNER)
    if sample.load(store, LOCAL_OWNER).batch_id:
        print(f"The invented sample portfolio is loaded, as of {sample.LAST_DAY}.")
    else:
        print("Nothing new: the sample is loaded already.")


if __name__ == "__main__":
    sys.exit(main())

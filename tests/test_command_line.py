"""The command line: what it prints, what it stores, and how it refuses."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import FEDERAL, ROOT, look

import queries
from data import __main__ as data_command
from data import uploads
from data.access import LOCAL_OWNER
from data.store import Lens, Store
from queries import __main__ as queries_command

PROMISED = {"batch_id", "as_of", "rows_read", "rows_stored", "problems", "mapping"}
MORE = {"rows_refused", "rows_removed", "rows_found", "says"}
LIST = """Name,Unit,Stage,Date Initiated
Triage,Claims,Pilot,2025-01-10
Pricing,Retail,Production,Pre-2021
,Retail,Pilot,2025-02-01
"""
DAY = date(2025, 6, 30)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def place(empty_file: Path, tmp_path: Path) -> str:
    """Where this test's store is; it has no rows yet."""
    return str(shutil.copy(empty_file, tmp_path / "store.duckdb"))


def running(main: Callable, place: str, capsys: pytest.CaptureFixture) -> Run:
    """Runs one command on the test's store; gives its exit code and what it said, and where."""

    def run(*words: object) -> tuple[int, str, str]:
        try:
            code = main([*map(str, words), "--store", place])
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def data(place: str, capsys: pytest.CaptureFixture) -> Run:
    return running(data_command.main, place, capsys)


@pytest.fixture
def asked(place: str, capsys: pytest.CaptureFixture) -> Run:
    return running(queries_command.main, place, capsys)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a store is that holds the list; it is only looked at."""
    place = tmp_path_factory.mktemp("listed") / "store.duckdb"
    with Store(place) as store:
        prepared = uploads.look_at(store, LOCAL_OWNER, LIST.encode(), "list.csv", "inventory", DAY)
        uploads.keep(store, LOCAL_OWNER, prepared, "test")
    return str(place)


def count(place: str, table: str) -> int:
    with Store(place) as store:
        late = Lens(as_of=date(2100, 1, 1))
        return look(store, f"select count(*) from {table}", lens=late)[0][0]


def is_one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and text.rstrip().endswith(".") and "Traceback" not in text


@pytest.mark.skipif(not FEDERAL.exists(), reason="the inventory is not beside this project")
def test_the_federal_inventory_goes_in_without_a_mapping_and_only_once(data, place):
    command = ("import", FEDERAL, "--as", "inventory", "--as-of", "2024-12-16")
    code, out, err = data(*command, "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer["rows_read"] == 2133 == count(place, "initiatives") + answer["rows_refused"]
    assert answer["rows_stored"]["initiatives"] == count(place, "initiatives")
    assert answer["rows_stored"]["deployment_status"] == count(place, "deployment_status") > 3000
    assert answer["as_of"] == "2024-12-16"
    code, out, _ = data(*command)
    assert (code, count(place, "batches")) == (0, 1)
    assert f"Nothing new: all 2133 rows of {FEDERAL.name} are stored already." in out
    answer = json.loads(data(*command, "--json")[1])
    assert answer["batch_id"] is None and set(answer["rows_stored"].values()) == {0}


def test_import_prints_the_promised_json(data, place, write):
    path = write("list.csv", LIST)
    code, out, err = data("import", path, "--as", "inventory", "--as-of", "2025-06-30", "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert set(answer) == PROMISED | MORE
    assert {each for problem in answer["problems"] for each in problem} == {
        *("row", "column", "value", "severity", "says", "mend")
    }
    assert answer["rows_read"] == 3 == count(place, "initiatives") + answer["rows_refused"]
    told = {(p["row"], p["column"], p["value"], p["severity"]) for p in answer["problems"]}
    assert {(2, "Date Initiated", "Pre-2021", "warning"), (3, "Name", "", "error")} <= told
    assert answer["mapping"]["as"] == "inventory"
    assert answer["mapping"]["columns"]["Name"] == "name"
    with Store(place) as store:
        assert look(store, "select batch_id, as_of::text, source, file_name from batches") == [
            (answer["batch_id"], "2025-06-30", "command line", "list.csv")
        ]


def test_the_mapping_printed_back_brings_the_same_in_again(data, write):
    path = write("list.csv", LIST)
    first = json.loads(data("import", path, "--as", "inventory", "--dry-run", "--json")[1])
    mapping = write("mapping.json", json.dumps(first["mapping"]))
    command = ("import", path, "--as", "inventory", "--mapping", mapping, "--json")
    second = json.loads(data(*command)[1])
    assert (second["mapping"], second["as_of"]) == (first["mapping"], first["as_of"])
    assert second["rows_stored"] == first["rows_found"]


def test_a_dry_run_stores_nothing(data, place, write):
    path = write("list.csv", LIST)
    code, out, _ = data("import", path, "--as", "inventory", "--dry-run", "--json")
    answer = json.loads(out)
    assert (code, answer["batch_id"], answer["rows_read"]) == (0, None, 3)
    assert set(answer["rows_stored"].values()) == {0} and answer["rows_found"]["initiatives"] == 2
    code, out, _ = data("import", path, "--as", "inventory", "--dry-run")
    assert code == 0 and "Nothing was stored: this was a dry run." in out
    assert (count(place, "initiatives"), count(place, "batches")) == (0, 0)


def test_a_mapping_file_says_what_columns_and_words_mean(data, place, write):
    path = write(
        "cases.csv",
        "Use Case Name,Stage of Development,Date Initiated,Date Implemented\n"
        "Triage,Operation and Maintenance,2024-01-02,2024-05-06\n"
        "Pricing,Initiated,2024-02-03,\n",
    )
    mapping = {
        "as": "inventory",
        "as_of": "2024-12-16",
        "columns": {
            "Use Case Name": "name",
            "Stage of Development": "stage",
            "Date Initiated": "entered_on:idea",
            "Date Implemented": "entered_on:production",
        },
        "values": {"stage": {"Operation and Maintenance": "production", "Initiated": "idea"}},
    }
    given = write("mapping.json", json.dumps(mapping))
    code, out, _ = data("import", path, "--as", "inventory", "--mapping", given, "--json")
    assert (code, json.loads(out)["as_of"]) == (0, "2024-12-16")
    with Store(place) as store:
        rows = "select name, stage, entered_on::text from deployment_status join initiatives using "
        assert look(store, f"{rows} (initiative_id) order by entered_on") == [
            ("Triage", "idea", "2024-01-02"),
            ("Pricing", "idea", "2024-02-03"),
            ("Triage", "production", "2024-05-06"),
        ]


def test_a_complete_list_removes_what_it_no_longer_names_but_nothing_it_names(data, place, write):
    header, command = "initiative_id,name,unit\n", ("--as", "initiatives", "--replace", "--json")
    data("import", write("1.csv", f"{header}a,Ada,X\nb,Bo,X\nc,Cy,X\n"), *command)
    code, out, _ = data("import", write("2.csv", f"{header}a,Ada,X\nb,Bo,X\n"), *command)
    assert (code, json.loads(out)["rows_removed"]) == (0, {"initiatives": 1})
    data("import", write("refused.csv", f"{header}a,Ada,X\nb,,X\n"), *command)
    assert count(place, "initiatives") == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\n",
        b"\x00\x01\x02\xff" * 500,
        b"PK\x03\x04" + b"\x00" * 99,
        b"name,unit,stage\n",
        b"just some prose without any table in it\nand a second line of it\n",
        b"<!doctype html><html><body>Log in</body></html>",
        b"colour,size\nred,5\nblue,6\n",
        None,
    ],
    ids=["empty", "blank", "binary", "zip", "header", "prose", "html", "nameless", "missing"],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(data, place, write, content):
    path = Path(place).parent / "bad.csv" if content is None else write("bad.csv", content)
    for more in ((), ("--json",)):
        code, out, err = data("import", path, "--as", "inventory", *more)
        assert (code, out) == (1, "")
        assert is_one_sentence(err)
    assert count(place, "batches") == 0


@pytest.mark.parametrize(
    "mapping, says",
    [
        ("no json", "not valid JSON"),
        ("[]", "must be a JSON object"),
        ('{"as": "costs", "columns": {}}', "The mapping is for costs"),
        ('{"as": "inventory", "columns": {"Title": "name"}}', 'no column "Title"'),
        ('{"as": "inventory", "columns": {"Name": "nome"}}', '"nome", wanted for "Name"'),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (None, "There is no file"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(data, place, write, mapping, says):
    given = Path(place).parent / "m.json" if mapping is None else write("m.json", mapping)
    path = write("list.csv", LIST)
    code, out, err = data("import", path, "--as", "inventory", "--mapping", given)
    assert (code, out, says in err, "Traceback" in err) == (1, "", True, False)
    assert count(place, "batches") == 0


@pytest.mark.parametrize(
    "words, says",
    [
        (("import", "x.csv", "--as", "bananas"), "inventory, initiatives"),
        (("import", "x.csv", "--as", "costs", "--as-of", "yesterday"), "write it as YYYY-MM-DD"),
        (("import", "x.csv"), "--as"),
        (("explode",), "import, undo, redo"),
        ((), "COMMAND"),
    ],
)
def test_a_command_that_is_no_command_names_the_valid_choices(data, words, says):
    code, _, err = data(*words)
    assert code == 2
    assert says in err.replace("'", "")


def test_the_sample_is_loaded_once_listed_taken_out_and_brought_back(data):
    assert "is loaded, as of" in data("sample")[1]
    assert "the sample is loaded already" in data("sample")[1]
    code, out, _ = data("batches")
    assert code == 0 and "counts  as of 2026-10-31  sample" in out
    assert data("sample", "--take-out")[1] == "The sample was taken out.\n"
    assert "undone  as of 2026-10-31  sample" in data("batches")[1]
    assert data("sample", "--take-out")[1] == "The sample does not count here.\n"


def test_undo_redo_backup_restore_and_verify_work(data, asked, place, write, tmp_path):
    assert "Nothing was stored yet" in data("batches")[1]
    data("import", write("list.csv", LIST), "--as", "inventory", "--as-of", "2025-06-30")
    before = asked("delivery/funnel")
    assert data("undo", 1)[0] == 0 and asked("delivery/funnel") != before
    assert data("redo", 1)[0] == 0 and asked("delivery/funnel") == before
    assert data("backup", tmp_path / "kept")[0] == 0
    data("undo", 1)
    code, out, _ = data("restore", tmp_path / "kept")
    assert code == 0 and out.startswith("Restored ")
    assert asked("delivery/funnel") == before
    assert data("verify")[:2] == (0, "Every table's current rows follow from its versions.\n")
    for refused in (("undo", 9), ("redo", 1), ("restore", tmp_path), ("backup", tmp_path)):
        code, out, err = data(*refused)
        assert (code, out) == (1, "") and is_one_sentence(err)


def test_without_a_name_every_question_is_listed(asked):
    code, out, _ = asked()
    listed = [line.split(maxsplit=1) for line in out.splitlines()]
    assert (code, [name for name, _ in listed]) == (0, queries.names())
    assert all(question.endswith("?") for _, question in listed)


@pytest.mark.parametrize(
    "form, start", [("csv", "stage,"), ("json", '[{"stage":"idea"'), ("table", " ")]
)
def test_an_answer_comes_in_the_form_asked_for(asked, form, start):
    code, out, err = asked("delivery/funnel", "--format", form)
    assert (code, err) == (0, "") and out.startswith(start)


def test_filters_clocks_and_parameters_reach_the_question(asked, place, sample_file):
    shutil.copy(sample_file, place)
    every = json.loads(asked("portfolio/initiatives", "--format", "json")[1])
    unit, sponsor = every[0]["unit"], every[0]["sponsor"]

    def answer(*words: str) -> list[dict]:
        code, out, err = asked("portfolio/initiatives", "--format", "json", *words)
        assert (code, err) == (0, "")
        return json.loads(out)

    assert {row["unit"] for row in answer("--unit", unit)} == {unit}
    assert {row["sponsor"] for row in answer("--sponsor", sponsor)} == {sponsor}
    stalled = [
        sum(row["is_stalled"] for row in answer("--param", f"stalled_days={n}")) for n in (1, 900)
    ]
    assert stalled[0] > stalled[1]
    assert not any(row["has_stage"] for row in answer("--as-of", "2001-01-01"))
    assert answer("--known-at", "2001-01-01 12:00:00") == []
    cohorts = ("delivery/cohorts", "--format", "csv", "--param")
    assert asked(*cohorts, "within_days=90") != asked(*cohorts, "within_days=900")


@pytest.mark.parametrize(
    "words, says",
    [
        (("delivery/nope",), "no question delivery/nope; there are board/headline, "),
        (("delivery/funnel", "--as-of", "31/12/2025"), "31/12/2025 is not a date: write"),
        (("delivery/funnel", "--known-at", "noon"), "noon is not a time: write it as YYYY-"),
        (("delivery/funnel", "--known-at", "2025-01-01T00:00+02:00"), "give it in UTC"),
        (("delivery/funnel", "--unit", "Moon"), "no unit Moon; there are: Claims, Retail."),
        (("delivery/funnel", "--sponsor", "Eve"), "no sponsor Eve; there are: "),
        (("portfolio/initiative",), "queries/portfolio/initiative.sql needs $initiative_id."),
        (("delivery/cohorts", "--param", "days=5"), "no $days; its parameters: stalled_days"),
        (("delivery/cohorts", "--param", "within_days"), "--param within_days is not of the form"),
        (("delivery/cohorts", "--param", "within_days=soon"), "soon"),
        (("delivery/funnel", "--param", "stalled_days=soon"), "soon is not a whole number of days"),
        (("delivery/funnel", "--format", "xml"), "table, csv, json"),
    ],
)  # fmt: skip
def test_a_question_asked_wrongly_names_what_is_wrong_and_the_valid_choices(
    listed, capsys, words, says
):
    code, out, err = running(queries_command.main, listed, capsys)(*words)
    assert (code, out, "Traceback" in err) == (2, "", False)
    assert says in err.replace("'", "")


def test_the_commands_run_as_modules_and_make_the_store_they_are_given(tmp_path, write):
    path = write("list.csv", LIST)
    for words in (
        ("data", "import", path, "--as", "inventory", "--as-of", "2025-06-30"),
        ("queries", "delivery/funnel", "--format", "csv"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", *map(str, words), "--store", str(tmp_path / "deep" / "new")],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[3].startswith("pilot,3,2,")


def test_what_is_stored_is_exported_and_an_export_is_nothing_new(
    data, place, sample_file, tmp_path
):
    shutil.copy(sample_file, place)
    for name in ("costs.csv", "costs.xlsx"):
        code, said, _ = data("export", "costs", tmp_path / name)
        assert code == 0 and said.startswith("Wrote ") and (tmp_path / name).stat().st_size > 1000
    assert "Nothing new: all" in data("import", tmp_path / "costs.csv", "--as", "costs")[1]
    for name in ("costs.csv", "costs.pdf"):
        code, _, refusal = data("export", "costs", tmp_path / name)
        assert code == 1 and is_one_sentence(refusal)


def test_a_template_is_written_for_the_inventory_too(data, tmp_path):
    for name in ("list.csv", "list.xlsx"):
        assert data("template", "inventory", tmp_path / name)[0] == 0
    assert (tmp_path / "list.csv").read_text("utf-8-sig").startswith("initiative_id,name,")


def test_next_months_file_is_mapped_as_the_last_and_says_so(data, write):
    columns = {"Was": "name", "Wo": "unit", "Stand": "stage"}
    mapping = {"as": "inventory", "columns": columns, "values": {"stage": {"rennt": "production"}}}
    first = write("june.csv", "Was,Wo,Stand\nA,Claims,rennt\n")
    given = write("map.json", json.dumps(mapping))
    assert data("import", first, "--as", "inventory", "--mapping", given)[0] == 0
    second = write("july.csv", "Was,Wo,Stand\nB,Claims,rennt\n")
    code, said, beside = data("import", second, "--as", "inventory", "--json")
    assert code == 0 and "Recognized: mapped as on" in beside and "june.csv" in beside
    assert json.loads(said)["mapping"]["columns"] == columns

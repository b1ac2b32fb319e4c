"""Plain text is read in one go only where the careful reader would find exactly the same."""

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import FileRefused
from data.importing import plainly, read
from data.importing import sheet as sheets
from data.importing.choices import Choices

LINES = 3_000
ODD = [
    "",
    " ",
    "é",
    '"',
    '""',
    '"in marks"',
    '"a,b"',
    ' "a"',
    '"a"b',
    ",",
    ";",
    "\r",
    "\n",
    "\t",
    "Total",
    "NULL",
    "0",
    "a,b",
    "\u2028",
    "\\",
]


def file(seed: int, odd: list[str], delimiter: str, end: str, last: str) -> bytes:
    rng = random.Random(seed)
    rows = [["name of it", "unit of it", "amount"]]
    rows += [[f"Initiative {at:06}", rng.choice("XYZ"), str(at)] for at in range(LINES)]
    for cell in odd:
        rows[rng.randrange(1, LINES)][rng.randrange(3)] = cell
    return (end.join(delimiter.join(row) for row in rows) + last).encode()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 99),
    st.lists(st.sampled_from(ODD), max_size=2),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\r\n", "\n\n"]),
    st.booleans(),
)
def test_plain_reading_finds_what_careful_reading_finds(seed, odd, delimiter, end, last, bom):
    content = b"\xef\xbb\xbf" * bom + file(seed, odd, delimiter, end, last)
    assert found(content) == carefully(content)


def found(content: bytes):
    """The sheet, or the sentence that refuses the file."""
    try:
        return read(content)
    except FileRefused as refused:
        return str(refused)


def carefully(content: bytes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plainly, "FEW", 10**12)
        return found(content)


def columns(content: bytes) -> list:
    return plainly.Plain(io.BytesIO(content), Choices()).columns()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_plain_file_is_read_in_one_go(end):
    assert [len(column) for column in columns(file(1, [], ",", end, end))] == [LINES] * 3


@pytest.mark.parametrize("odd", ['"', "a,b", "\r", "\n", "Total", "\0", "\u00a0Sum"])
def test_what_is_not_plain_is_left_to_the_careful_reader(odd):
    with pytest.raises(plainly.NotPlain):
        columns(file(1, [odd], ",", "\n", "\n"))


def test_bytes_that_are_not_utf8_are_left_to_the_careful_reader():
    content = file(1, ["é"], ",", "\n", "\n").decode().encode("cp1252")
    with pytest.raises(plainly.NotPlain):
        columns(content)
    assert "é" in read(content).cells("name of it") + read(content).cells("unit of it") + read(
        content
    ).cells("amount")


@pytest.mark.parametrize("block", [4_000, 10_000])
def test_what_lies_across_two_blocks_is_read_whole(monkeypatch, block):
    content = file(1, [], ",", "\r\n", "")
    whole = [column.to_pylist() for column in columns(content)]
    monkeypatch.setattr(plainly, "BLOCK", block)
    assert [column.to_pylist() for column in columns(content)] == whole


def test_a_column_of_many_different_cells_is_kept_as_it_stands(monkeypatch):
    content = file(1, ["twice", "twice"], ",", "\n", "\n")
    expected = carefully(content)
    monkeypatch.setattr(sheets, "MANY", 100)
    sheet = read(content)
    assert sheet == expected
    assert [sheet.counts(each) for each in sheet.headers] == [
        expected.counts(each) for each in sheet.headers
    ]


def test_a_file_with_every_cell_in_quotation_marks_is_read_in_one_go():
    lines = file(1, [""], ",", "\n", "\n").decode().splitlines()
    content = "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in lines
    ).encode()
    assert [len(column) for column in columns(content)] == [LINES] * 3
    assert read(content) == carefully(content)
    assert read(content).cells("name of it") == read("\n".join(lines).encode()).cells("name of it")

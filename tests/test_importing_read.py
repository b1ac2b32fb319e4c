"""Bytes become a table of text: nothing typed, nothing lost, and what is no table is refused."""

import csv
import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.errors import FileRefused
from data.importing import read
from data.importing.read import upload_limit_mb


def read_text(text: str, encoding: str = "utf-8"):
    return read(text.encode(encoding))


def rows_of(text: str) -> list[list[str]]:
    return all_rows(read_text(text))


def all_rows(sheet) -> list[list[str]]:
    return [[sheet.text(place, each) for each in sheet.headers] for place in range(len(sheet))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_found(delimiter):
    sheet = read_text("name,unit\nTriage,Claims\nPricing,Retail\n".replace(",", delimiter))
    assert (sheet.headers, sheet.reading.delimiter) == (("name", "unit"), delimiter)


def test_the_delimiter_is_the_one_that_makes_a_table_not_the_most_frequent():
    text = "name;amount\nTriage, photos, letters;1,5\nPricing, live;2,5\nChurn;3,5\n"
    assert rows_of(text)[0] == ["Triage, photos, letters", "1,5"]


def test_a_stray_separator_in_the_last_row_makes_no_table():
    text = "name|unit|note\nA|X|\nB|Y\nC|Z|,\nD|X|;\n"
    assert read_text(text).headers == ("name", "unit", "note")


def test_delimiters_and_line_breaks_in_quotation_marks_belong_to_the_cell():
    text = 'name,unit\n"Triage, of\r\n""photos""",Claims\n'
    assert rows_of(text) == [['Triage, of\r\n"photos"', "Claims"]]


def test_backslash_escaped_quotation_marks_are_read():
    assert rows_of('name,unit\n"say \\"hello\\", twice",Claims\n')[0][0] == 'say "hello", twice'


def test_lone_quotation_marks_stay_when_every_row_agrees_without_them():
    assert rows_of('name\tsize\n"tall\t5\nlow\t3\n') == [['"tall', "5"], ["low", "3"]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_every_usual_encoding_is_found(encoding):
    sheet = read_text("name,unit\nCafé – “très”,Crédit\n", encoding)
    assert all_rows(sheet)[0] == ["Café – “très”", "Crédit"]


def test_bytes_outside_windows_1252_are_read_as_latin_1():
    assert read(b"name,unit\n\x81\xe9,x\n").reading.encoding == "latin-1"


def test_titles_above_the_header_are_skipped():
    text = "AI portfolio,,\nas of 2024,,\n,,\nname,unit,stage\nTriage,Claims,Pilot\n"
    sheet = read_text(text)
    assert (sheet.headers, sheet.reading.header_row) == (("name", "unit", "stage"), 4)
    assert list(sheet.numbers) == [1]


def test_section_titles_above_a_sparse_table_are_no_header():
    header = ",".join(f"column {letter}" for letter in "abcdefghij")
    sparse = "\n".join("x,y,z,,,,,,," for _ in range(9))
    sheet = read_text(f"Section 1,,,Section 2,,,Section 3,,,\n{header}\n{sparse}\n")
    assert sheet.headers[0] == "column a"


def test_empty_rows_are_skipped_counted_and_keep_the_numbers_of_the_others():
    sheet = read_text("name,unit\nA,X\n,\n\nB,Y\n")
    assert (list(sheet.numbers), sheet.reading.records, sheet.reading.empty_records) == (
        [1, 4],
        2,
        2,
    )
    assert "2 empty rows skipped" in sheet.reading.says


def test_a_short_row_is_filled_up_and_said():
    sheet = read_text("name,unit,stage\nA,X,Pilot\nB,Y\nC,Z,Idea\n")
    [problem] = sheet.problems
    assert all_rows(sheet)[1] == ["B", "Y", ""]
    assert (problem.row, problem.column, problem.severity) == (2, "stage", "warning")


def test_a_row_with_cells_beyond_the_header_is_refused_and_said():
    sheet = read_text("name,unit\nA,X\nB,Y,Z\nC,X\n")
    [problem] = sheet.problems
    assert (list(sheet.numbers), sheet.refused) == ([1, 3], 1)
    assert (problem.row, problem.value, problem.severity) == (2, "B | Y | Z", "error")


def test_empty_cells_beyond_the_header_are_no_problem():
    assert read_text("name,unit\nA,X\nB,Y,,\nC,Z\n").problems == ()


def test_repeated_and_empty_headers_are_told_apart():
    assert read_text("name,note,,note\nA,x,y,z\n").headers == (
        "name",
        "note",
        "column 3",
        "note (2)",
    )


def test_headers_over_several_lines_become_one():
    assert read_text('"name \n of it",unit\nA,X\n').headers == ("name of it", "unit")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"name\nA\nB\n", "not a table"),
        (b"Dear all,\nplease find the list attached.\nYours\nA. N. Other\n", "not a table"),
        (b'name,unit\n"A, B,X\nB,Y\n', "quotation marks closed"),
        (b"PK\x03\x04rest of a workbook", "damaged"),
        (b"\xd0\xcf\x11\xe0rest of an old one", "no workbook"),
        (b"PAR1rest of a Parquet file", "no Parquet"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"name,unit\n\x00\x01\x02,\x00\n", "binary"),
        (b"<!DOCTYPE html><html><body>a,b</body></html>", "web page"),
        (b'{"name": "A", "unit": "X"}\n{"name":', "no valid JSON .line 2"),
        (b'[{"name": "A"}, 7]', "not an object"),
        (b"1,2,3\n4,5,6\n", "No header"),
        (b"2024-01-05,2024-02-01,17\n2024-01-06,2024-03-01,18\n", "No header"),
        (b"name,unit\n", "no rows"),
        (b"name,unit\n,\n\n", "no rows"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(content, says):
    with pytest.raises(FileRefused, match=says) as refused:
        read(content)
    assert str(refused.value).endswith(".")


def test_a_file_over_the_limit_is_refused_before_it_is_parsed():
    with pytest.raises(FileRefused, match="2.0 MB and the limit is 1 MB"):
        read(b"\x00" + b"x" * 2 * 1024**2, limit_mb=1)


def test_the_limit_is_the_one_of_the_upload(tmp_path):
    config = tmp_path / "config.toml"
    assert upload_limit_mb(config) == 200
    config.write_text("[server]\nmaxUploadSize = 7\n")
    assert upload_limit_mb(config) == 7


CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
) | st.sampled_from(['say "x"', "a,b;c", "two\nlines", "tab\there", "|", "é€", "", " "])
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width).filter(lambda row: "".join(row).strip()),
        min_size=1,
        max_size=6,
    )
)


@settings(max_examples=300, deadline=None)
@given(
    TABLES,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    st.sampled_from(
        [(csv.QUOTE_MINIMAL, "\r\n"), *((csv.QUOTE_ALL, end) for end in ("\n", "\r\n", "\r"))]
    ),
)
def test_whatever_is_written_is_read_back_cell_by_cell(table, delimiter, encoding, style):
    headers = ["alpha one", "beta two", "gamma three", "delta four"][: len(table[0])]
    content = encoded(rendered([headers, *table], delimiter, *style), encoding)
    sheet = read(content)
    assume(not sheet.reading.skipped)
    assert list(sheet.headers) == headers
    assert all_rows(sheet) == table
    assert read(content) == sheet


def rendered(table, delimiter, quoting, end) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(table)
    return out.getvalue()


def encoded(text: str, encoding: str) -> bytes:
    """The text's bytes, if they are no valid text in an encoding that goes before."""
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        assume(False)
    if encoding == "cp1252" and not text.isascii():
        assume(not is_utf8(content))
    if encoding == "utf-16-le":
        assume(text.isascii())
    return content


def is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True

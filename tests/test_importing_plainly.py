"""Plain text is read in one go only where the careful reader would find exactly the same."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.importing import plainly, read
from data.importing.choices import Choices

LINES = 3_000
ODD = [
    "",
    " ",
    "é",
    '"',
    '""',
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
    assert read(content) == carefully(content)


def carefully(content: bytes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plainly, "FEW", 10**12)
        return read(content)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_plain_file_is_read_in_one_go(end):
    text = plainly.Plain(file(1, [], ",", end, end), Choices())
    assert [len(column) for column in text.columns()] == [LINES] * 3


@pytest.mark.parametrize("odd", ['"', "a,b", "\r", "\n", "Total"])
def test_what_is_not_plain_is_left_to_the_careful_reader(odd):
    with pytest.raises(plainly.NotPlain):
        plainly.Plain(file(1, [odd], ",", "\n", "\n"), Choices()).columns()

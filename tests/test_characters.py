"""What very many texts hold is seen in their bytes as it would be in each of them alone."""

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing import characters, numbers

TEXTS = st.lists(st.text("0123456789.-/, aZéſ", max_size=6))


@given(TEXTS, st.integers(0, 3), st.integers(1, 4))
def test_marks_are_near_each_other_if_they_are_in_one_text(texts, left_out, apart):
    part = pa.array(texts, pa.string()).slice(left_out)
    near = re.compile(rf"[/.-][^/.-]{{,{apart - 1}}}[/.-]".encode())
    found = [near.search(text.encode()) for text in texts[left_out:]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(characters, "_MANY", 2)
        assert characters.are_near(part, b"/.-", apart) == any(found)


@given(TEXTS, st.integers(0, 3))
def test_a_letter_is_found_in_whichever_text_it_stands(texts, left_out):
    part = pa.array(texts, pa.string()).slice(left_out)
    letters = any(each.isalpha() for text in texts[left_out:] for each in text)
    assert characters.has_letters(part) == letters


@given(
    st.lists(st.text("05.-", min_size=1, max_size=17) | st.just("-12.50"), min_size=1), st.data()
)
def test_numbers_are_short_and_plain_if_each_of_them_is(texts, data):
    left_out = data.draw(st.integers(0, len(texts) - 1))
    part = pa.array(texts, pa.string()).slice(left_out)
    plain = [re.fullmatch(numbers.PLAIN["amount"], text) for text in texts[left_out:]]
    short = [len(text) <= 15 for text in texts[left_out:]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(characters, "_MANY", 2)
        assert characters.are_short_numbers(part) == (all(plain) and all(short))


def test_other_marks_and_no_texts_are_no_numbers():
    for texts in ([], [""], ["1e5"], ["+1"], ["1,5"], [" 1"], ["١"], ["1", "a"]):
        assert not characters.are_short_numbers(pa.array(texts, pa.string()))

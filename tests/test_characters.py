"""What very many texts hold is seen in their bytes as it would be in each of them alone."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from data.importing import characters

TEXTS = st.lists(st.text("0123456789.-/, aZéſ", max_size=6))


@given(TEXTS, st.integers(0, 3))
def test_the_most_marks_of_one_text_are_those_counted_one_by_one(texts, left_out):
    part = pa.array(texts, pa.string()).slice(left_out)
    counted = [sum(each in "/.-" for each in text) for text in texts[left_out:]]
    assert characters.most(part, b"/.-") == max(counted, default=0)


@given(TEXTS, st.integers(0, 3))
def test_a_letter_is_found_in_whichever_text_it_stands(texts, left_out):
    part = pa.array(texts, pa.string()).slice(left_out)
    letters = any(each.isalpha() for text in texts[left_out:] for each in text)
    assert characters.has_letters(part) == letters

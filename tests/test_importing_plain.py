"""Plain cells read many at a time mean what they mean alone."""

from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing import evidence, plain
from data.importing.evidence import Values
from data.importing.sheet import encoded

NUMBERS = st.from_regex(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", fullmatch=True)
CENTS = st.integers(-(10**15), 10**15).map(lambda cents: str(Decimal(cents) / 100))
HALVES = st.sampled_from(["1.005", "-1.005", "0.004999", "2.675", "-0", "1.115", "8192.005"])


@given(st.lists(CENTS | HALVES, min_size=1) | st.lists(CENTS | NUMBERS | HALVES, min_size=1))
def test_amounts_are_rounded_to_cents_as_each_of_them_would_be(texts):
    alone = [Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP) for text in texts]
    assert plain._amounts(pa.array(texts, pa.string())).to_pylist() == alone


@given(st.lists(st.sampled_from("ab") | NUMBERS))
def test_cells_are_the_same_evidence_however_they_are_kept(texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "SAMPLE", 3)
        as_they_stand = Values(pa.array(texts, pa.string())).sample
        assert list(as_they_stand.items()) == list(Values(encoded(texts)).sample.items())

"""What the words of a file mean: the understood ones quietly, the others asked about."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import formats, importing, reading
from data.importing import Mapping
from data.importing.asking import RATES, YEAR, Word, open_words, questions
from data.importing.sheet import Sheet
from data.mappings import Saved
from data.tables import Column

RATES_SAID = "USD 0.92, GBP 1.17"
ANSWER = "The answer, for all of these columns"


def choose_words(key: str, sheet: Sheet, mapping: Mapping) -> Mapping:
    """The same mapping with what each word of its columns means, as the analyst says."""
    found = open_words(sheet, mapping)
    values = {name: dict(given) for name, given in mapping.values.items()}
    for name, words in found.items():
        said = _choose(key, name, words, importing.word_choices(name, mapping.as_))
        if said:
            values[name] = values.get(name, {}) | said
    return replace(mapping, values=values)


def _choose(key: str, name: str, words: list[Word], choices: list[str]) -> dict[str, str | None]:
    """What the analyst says of one column's words, where it is not what they are taken for."""
    unclear = [word for word in words if not word.is_sure]
    label = (
        f"{len(words) - len(unclear)} of {formats.plural(len(words), 'word')} for "
        f"{formats.words(name.rpartition('.')[2])} are understood"
    )
    with st.expander(formats.plain(label), bool(unclear)):
        edited = st.data_editor(
            pd.DataFrame(importing.words_table(words), columns=["word", "count", "means", "sure"]),
            key=f"words-{key}-{name}",
            hide_index=True,
            disabled=["word", "count", "sure"],
            column_config={
                "word": "In the file",
                "count": "Rows",
                "means": st.column_config.SelectboxColumn("Means", options=choices, required=True),
                "sure": "",
            },
        )
    return importing.words_said(words, list(edited["means"]))


def begun_with(
    saved: Saved | None, suggested: Mapping, year: str
) -> tuple[dict[str, str], dict[str, float]]:
    """What is the same for every row, and the rates: as kept with a mapping, else as suggested.

    The `year` that was said is not among them, so that it can be said again.
    """
    is_kept = saved and saved.mapping.as_ == suggested.as_
    fixed = dict(saved.mapping.fixed if is_kept else suggested.fixed)
    if year:
        fixed.pop(YEAR, None)
    return fixed, dict(saved.mapping.rates) if is_kept else {}


def said_year(key: str) -> str:
    """The year the analyst said of months that are named alone; empty before."""
    said = st.session_state.get(f"year-{key}")
    return str(said) if said else ""


def choose_fixed(key: str, mapping: Mapping, begun: dict[str, str]) -> Mapping:
    """The mapping with values for what no column of the file says, the same for every row."""
    free = importing.not_in_file(mapping)
    lacking = [name for name in free if free[name].is_required]
    known = {name: value for name, value in begun.items() if name in free}
    with st.expander(importing.fixed_label(known, lacking), bool(lacking)):
        names = st.multiselect(
            "What no column of the file says",
            list(free),
            [*known, *lacking],
            format_func=formats.words,
            key=f"fixed-{key}-{'-'.join([*known, *lacking])}",
            placeholder="Choose what is the same for every row",
        )
        said = {name: _say_fixed(key, free[name], known.get(name)) for name in names}
    return replace(mapping, fixed={name: value for name, value in said.items() if value})


def _say_fixed(key: str, column: Column, known: str | None) -> str | None:
    """The value every row has in one column."""
    label, key = f"{column.label}: {column.says}", f"same-{key}-{column.name}"
    if column.words and column.kind == "text":
        place = column.words.index(known) if known in column.words else None
        return st.selectbox(label, column.words, place, formats.words, key=key)
    return st.text_input(label, known or "", key=key, placeholder=importing.written(column)).strip()


def say_questions(key: str, sheet: Sheet, mapping: Mapping) -> Mapping:
    """The mapping with what had to be said before every cell can be read."""
    mapping = _say_rates_again(key, mapping)
    for question in questions(sheet, mapping):
        examples = formats.listed([f'"{text}"' for text in question.examples])
        where = formats.listed(list(question.headers))
        shown = f"{where}: {examples}" if examples else where
        asked = formats.plain(f"{question.asks} ({shown})")
        if question.about == RATES:
            st.warning(asked, icon=":material/help:")
            said = st.text_input("Rates", placeholder=RATES_SAID, key=f"rates-{key}")
            mapping = replace(mapping, rates={**mapping.rates, **importing.rates_said(said)})
        elif question.about == YEAR:
            st.warning(asked, icon=":material/help:")
            said = st.number_input(
                "Year", 1990, 2100, None, 1, key=f"year-{key}", placeholder="2026", width=160
            )
            year = {YEAR: str(said)} if said else {}
            mapping = replace(mapping, fixed={**mapping.fixed, **year})
        else:
            st.warning(asked, icon=":material/help:")
            _answer(key, question.about, reading.ANSWERS[question.about])
    return mapping


def _answer(key: str, about: str, options: dict) -> None:
    """Answer a question of reading here, where it is asked; the file is then read anew."""
    widget = f"answer-{about}-{key}"

    def take() -> None:
        st.session_state[f"choice_{about}"] = st.session_state[widget]

    st.selectbox(ANSWER, list(options), None, options.get, key=widget, on_change=take, width=260)


def _say_rates_again(key: str, mapping: Mapping) -> Mapping:
    """The mapping whose rates, kept from another file, are shown and can be changed."""
    if not mapping.rates:
        return mapping
    kept = importing.rates_written(dict(mapping.rates))
    said = st.text_input("Rates, as kept with the mapping", kept, key=f"rates-kept-{key}")
    return replace(mapping, rates=importing.rates_said(said))

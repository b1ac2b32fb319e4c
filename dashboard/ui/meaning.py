"""What the words of a file mean: the understood ones quietly, the others asked about."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import formats, importing
from data.importing import Mapping
from data.importing.asking import RATES, Word, open_words, questions
from data.importing.sheet import Sheet
from data.mappings import Saved


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


def saved_parts(
    saved: Saved | None, as_: str, columns: dict[str, str]
) -> tuple[dict[str, str], dict[str, float]]:
    """The fixed values and the rates of a mapping that was kept, where they still apply."""
    if not saved or saved.mapping.as_ != as_:
        return {}, {}
    held = set(columns.values())
    fixed = {name: value for name, value in saved.mapping.fixed.items() if name not in held}
    return fixed, dict(saved.mapping.rates)


def say_questions(sheet: Sheet, mapping: Mapping) -> Mapping:
    """The mapping with what had to be said before every cell can be read."""
    for question in questions(sheet, mapping):
        examples = formats.listed([f'"{text}"' for text in question.examples])
        where = formats.listed(list(question.headers))
        asked = formats.plain(f"{question.asks} ({where}: {examples})")
        if question.about == RATES:
            st.warning(asked, icon=":material/help:")
            said = st.text_input("Rates", placeholder="USD 0.92, GBP 1.17", key="rates")
            mapping = replace(mapping, rates=mapping.rates | importing.rates_said(said or ""))
        else:
            says = "Say it under *Read it differently*, above."
            st.warning(f"{asked} {says}", icon=":material/help:")
    return mapping

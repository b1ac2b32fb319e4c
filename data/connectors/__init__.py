"""Read the platforms where the work happens: one module each, with the same two functions.

    fetch(settings, mark, http) -> (records, mark)    network only: raw JSON records as answered,
                                                      and the mark where the next pull starts
    rows(records, links, settings) -> Pulled          pure: records to rows of our tables

A platform whose two functions fill more than one file is a folder: fetching.py and to_rows.py.
`settings` is the platform's section of secrets.toml, `http` its `data.connectors.http.Http`. A mark
is text only its own module understands; None reads everything. It belongs to the batch it came
with: who undoes the batch, or links what was not mapped, pulls from None again. `links` is by
`Unmapped.key`; a tag at the platform goes before a link. Every table has one row per key.

A connector never writes, and never says anything of initiatives or costs. A capability it finds is
a row of `capabilities`, `in_place` as of the day of the evidence, with a sentence and a link.
"""

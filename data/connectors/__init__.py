"""Read the platforms where the work happens: one module each, with the same two functions.

    fetch(settings, mark, http) -> (records, mark)    network only: raw JSON records as answered,
                                                      and the mark where the next pull starts
    rows(records, links, settings) -> Pulled          pure: records to rows of our tables

A connector never writes, and never says anything of initiatives or costs.
"""

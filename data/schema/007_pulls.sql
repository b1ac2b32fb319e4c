-- What became of every pull of a platform, and which of its objects belong to which initiative.
-- Only ever added to.
create table pull_log (
    pull_id      uuid not null,
    number       bigint not null,    -- counts the pulls of all sources
    source       text not null,
    started_at   timestamp not null,
    ended_at     timestamp not null,
    who          text not null,
    outcome      text not null,      -- stored, nothing_new, failed
    says         text not null,      -- one sentence: what came, or what is wrong and its cure
    batch_id     uuid,               -- of a pull that stored something
    mark         json,               -- where the next pull begins, see data/connectors/patches.py; null when it failed
    after_number bigint,             -- the pull whose mark it began at; empty: it read everything
    settings     text,               -- fingerprint of what was to be read
    left_out     json,               -- count by reason
    found        json                -- what of Found in data/connectors/pulls.py is other than before
);

create table link_log (
    event_id      uuid not null,
    source        text not null,
    key           text not null,     -- the object's identity at the source
    kind          text not null,
    name          text not null,
    initiative_id text not null,
    model         text,
    event         text not null,     -- linked, unlinked
    happened_at   timestamp not null,
    who           text not null
);

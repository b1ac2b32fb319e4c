-- Scenarios saved by name: what a forecast assumed. Only ever added to; the last event of a name
-- counts, and what was removed can be brought back.
create table scenario_log (
    event_id    uuid not null,
    name        text not null,
    event       text not null,    -- saved, removed
    assumptions json not null,
    happened_at timestamp not null,
    who         text not null
);

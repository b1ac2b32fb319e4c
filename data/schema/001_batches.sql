-- Rows are never changed, only added. Each belongs to a batch; undoing a batch lets the rows before
-- it show through again. The log says when a batch was stored, undone and redone.
create table batch (
    batch_id   uuid not null,
    number     bigint not null,
    source     text not null,     -- upload, command line, sample, edit, connector
    file_name  text,
    file_hash  text,
    mapping    json,
    as_of      date not null,     -- the day the rows describe
    stored_by  text not null,
    stored_at  timestamp not null,
    row_counts json not null      -- rows stored, per table
);

create table batch_log (
    event_id    uuid not null,
    batch_id    uuid not null,
    event       text not null,    -- stored, undone, redone
    happened_at timestamp not null,
    who         text not null
);

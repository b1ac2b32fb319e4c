-- What an analyst said a file's columns and words mean, kept for the next file with the same headers.
-- Only added to; the latest of a fingerprint is the one offered.
create table mapping_saved (
    mapping_id  uuid not null,
    fingerprint text not null,    -- of the headers, see data/mappings.py
    mapping     json not null,
    file_name   text,
    saved_by    text not null,
    saved_at    timestamp not null
);

-- Every pull of a platform and what became of it.
create or replace view pulls as
select
    number, source, started_at, ended_at, who, outcome, says, batch_id::text as batch_id,
    after_number is null as is_whole, left_out::text as left_out, found
from pull_log
where is_let_in()
    and (getvariable('known_at') is null or ended_at <= getvariable('known_at')::timestamp);

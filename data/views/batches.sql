-- Every batch and what became of it.
create or replace view batches as
select
    batch.number, batch.batch_id::text as batch_id, batch.source, batch.file_name, batch.file_hash,
    batch.mapping::text as mapping, batch.as_of, batch.stored_by, batch.stored_at,
    batch.row_counts::text as row_counts,
    counting.batch_id is not null as is_counting,
    case when counting.batch_id is null then last_event.happened_at end as undone_at,
    case when counting.batch_id is null then last_event.who end as undone_by
from batch
left join batch_counting as counting using (batch_id)
join (
    select batch_id, max(happened_at) as happened_at, max_by(who, happened_at) as who
    from batch_log
    where getvariable('known_at') is null or happened_at <= getvariable('known_at')::timestamp
    group by batch_id
) as last_event using (batch_id)
where is_let_in();

-- Objects of platforms that somebody linked to an initiative, and has not taken back.
create or replace view links as
select
    source, key, kind, name, initiative_id, model, happened_at as linked_at, who as linked_by,
    initiative_id in (select initiative_id from initiatives_current) as is_on_board
from link_log
where is_let_in()
    and (getvariable('known_at') is null or happened_at <= getvariable('known_at')::timestamp)
qualify row_number() over (partition by source, key order by happened_at desc, event_id desc) = 1
    and event = 'linked';

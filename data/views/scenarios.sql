-- Every scenario ever saved, as its last event left it.
create or replace view scenarios as
select
    name,
    arg_max(assumptions, (happened_at, event_id))::text as assumptions,
    arg_max(event, (happened_at, event_id)) = 'removed' as is_removed,
    arg_max(who, (happened_at, event_id)) as changed_by,
    max(happened_at) as changed_at
from scenario_log
where is_let_in()
    and (getvariable('known_at') is null or happened_at <= getvariable('known_at')::timestamp)
group by name;

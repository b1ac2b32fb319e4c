-- No initiative goes live before it enters a pilot.
-- warning: Correct one of the two days.
with
firsts as (
    select
        initiative_id,
        min(entered_on) filter (stage in ('production', 'scaled')) as live_on,
        arg_min(row, entered_on) filter (stage in ('production', 'scaled')) as live_row,
        max(entered_on) filter (stage = 'pilot') as pilot_on,
        arg_max(row, entered_on) filter (stage = 'pilot') as pilot_row
    from after_deployment_status
    group by initiative_id
)

select
    coalesce(live_row, pilot_row) as row, 'entered_on' as target, live_on::text as value,
    initiative_id || ' is live from ' || live_on || ' and in a pilot from ' || pilot_on || '.'
        as says
from firsts
where
    live_on < pilot_on
    and coalesce(live_row, pilot_row) is not null
    and live_row is distinct from pilot_row

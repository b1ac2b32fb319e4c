-- No initiative goes back to an earlier stage.
-- warning: Correct the stage or one of the two days; if it really went back, nothing.
with
active as (
    select *, day_of(entered_on, observed_on) as day
    from after_deployment_status
    where stage not in ('stopped', 'retired')
),

steps as (
    select
        row, initiative_id, stage, day,
        lag(stage) over moves as stage_before,
        lag(day) over moves as day_before,
        lag(row) over moves as row_before
    from active
    window moves as (partition by initiative_id order by day, stage_rank(stage))
)

select
    row, 'stage' as target, stage as value,
    initiative_id || ' is in ' || replace(stage, '_', ' ') || ' on ' || day || ', after '
        || replace(stage_before, '_', ' ') || ' on ' || day_before || '.' as says
from steps
where
    row is not null
    and stage_rank(stage) < stage_rank(stage_before)
    and row is distinct from row_before

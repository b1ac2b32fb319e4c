-- The day an open initiative is promised to go live lies ahead.
-- info: Nothing, if it is late; else write the new day, or the stage it is in.
with
standing as (
    select
        initiative_id,
        arg_max(stage, (day_of(entered_on, observed_on), stage_rank(stage))) as stage
    from after_deployment_status
    where day_of(entered_on, observed_on) <= file_day()
    group by initiative_id
)

select
    row, 'planned_live_on' as target, planned_live_on::text as value,
    name || ' was promised for ' || planned_live_on || ' and is still in '
        || replace(standing.stage, '_', ' ') || '.' as says
from draft_initiatives
join standing using (initiative_id)
where
    planned_live_on < file_day()
    and standing.stage in ('idea', 'proof_of_concept', 'pilot')

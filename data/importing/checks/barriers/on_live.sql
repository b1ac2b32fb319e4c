-- A barrier that stands holds something that is not yet live.
-- info: Write the day it was resolved, or check the initiative's stage.
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
    row, 'barrier' as target, barrier as value,
    initiative_id || ' is in ' || replace(standing.stage, '_', ' ')
        || ', and the barrier still stands.' as says
from draft_barriers
join standing using (initiative_id)
where resolved_on is null and standing.stage not in ('idea', 'proof_of_concept', 'pilot')

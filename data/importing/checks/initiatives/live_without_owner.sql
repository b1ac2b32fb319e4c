-- An initiative that is live has an owner.
-- warning: Name who answers for it day to day.
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
    row, 'owner' as target, '' as value,
    name || ' is live and nobody is named as its owner.' as says
from draft_initiatives
join standing using (initiative_id)
where
    owner is null
    and standing.stage in ('production', 'scaled')
    and exists (select 1 from draft_initiatives where owner is not null)

-- Who was open or live in the last year: one row per initiative and day of `year_days`.
create or replace view year_standing as
with

stays as (
    select
        initiative_id, stage,
        coalesce(entered_on, observed_on) as from_on,
        lead(coalesce(entered_on, observed_on), 1, as_of() + 1) over (
            partition by initiative_id
            order by coalesce(entered_on, observed_on), stage_rank(stage)
        ) as until_on
    from deployment_status
)

select
    day_on, initiative_id, stage,
    stage in ('production', 'scaled') as is_live,
    stage = 'scaled' as is_scaled
from year_days
join stays on from_on <= day_on and day_on < until_on
where stage not in ('stopped', 'retired');

-- What rests on sand: one row per live initiative, whether its model is red, unmeasured for 30 days, or
-- nobody owns it.
create or replace view risk as
with

measured as (
    select
        initiative_id,
        bool_or(state = 'red') as is_red,
        min(days_since) <= 30 as is_measured
    from model_state
    group by initiative_id
)

select
    initiative_id,
    coalesce(is_red, false) as is_live_red,
    not coalesce(is_measured, false) as is_live_unmeasured,
    coalesce(trim(owner), '') = '' as is_live_ownerless,
    is_live_red or is_live_unmeasured or is_live_ownerless as is_at_risk
from standing
join initiatives using (initiative_id)
left join measured using (initiative_id)
where is_live;

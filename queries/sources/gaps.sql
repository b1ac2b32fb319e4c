-- What is known of every initiative, and what is missing?
-- One row per initiative, by name; a need that does not apply to it is empty.
with

spent as (
    select initiative_id, max(month) filter (actual_amount is not null) as last_cost_on
    from costs
    group by initiative_id
),

measured as (
    select initiative_id, max(measured_on) as last_measured_on
    from model_metrics_daily
    group by initiative_id
)

select
    initiatives.initiative_id, name, unit, owner, sponsor, standing.stage, benefit_base_amount,
    standing.stage is not null as has_stage,
    case when is_open then days_in_stage is not null end as has_entry,
    case when standing.stage is not null then not is_start_unknown end as has_start,
    owner is not null as has_owner,
    sponsor is not null as has_sponsor,
    case when is_open or is_live then benefit_base_amount is not null end as has_benefit,
    case when is_open then engineers_fte is not null end as has_engineers,
    case when is_open then planned_live_on is not null end as has_plan,
    last_cost_on is not null as has_costs,
    case when is_live then coalesce(last_measured_on >= as_of() - 30, false) end as has_metrics,
    seen_on, last_cost_on, last_measured_on
from initiatives
left join standing using (initiative_id)
left join spent using (initiative_id)
left join measured using (initiative_id)
order by name, initiatives.initiative_id

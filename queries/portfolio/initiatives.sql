-- Which initiatives do we have and where do they stand?
-- One row per initiative, by name; those without a stage by that day have an empty one.
with

spent as (
    select initiative_id, sum(actual_amount) as spent_amount from costs group by initiative_id
),

held as (
    select initiative_id, list(barrier order by raised_on, barrier) as barriers
    from barriers
    where resolved_on is null
    group by initiative_id
)

select
    initiatives.initiative_id, name, unit, sponsor, owner, declared_status,
    standing.stage, entered_on, days_in_stage, first_on,
    coalesce(furthest_rank, 0) as furthest_rank,
    standing.stage is not null as has_stage,
    coalesce(is_open, false) as is_open,
    coalesce(is_in_pilot_work, false) as is_in_pilot_work,
    coalesce(is_live, false) as is_live,
    coalesce(is_lost, false) as is_lost,
    coalesce(is_stalled, false) as is_stalled,
    coalesce(is_live_red, false) as is_live_red,
    coalesce(is_live_unmeasured, false) as is_live_unmeasured,
    coalesce(is_live_ownerless, false) as is_live_ownerless,
    planned_live_on,
    case when is_open and planned_live_on < as_of() then as_of() - planned_live_on end as slip_days,
    coalesce(barriers, []) as barriers,
    engineers_fte, benefit_base_amount, spent_amount,
    case when is_live then 1 when is_open then live_share end as live_share,
    case when is_open then delay_amount(live_share, benefit_base_amount) end as cost_of_delay_amount
from initiatives
left join standing using (initiative_id)
left join chance on chance.stage = standing.stage
left join spent using (initiative_id)
left join held using (initiative_id)
left join risk using (initiative_id)
order by name, initiatives.initiative_id

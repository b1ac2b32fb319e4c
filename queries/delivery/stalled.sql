-- Who is stuck, since when, behind which barrier, at what cost per month?
-- One row per stalled initiative, the most expensive delay first.
select
    initiative_id, name, unit, sponsor, owner, declared_status, standing.stage, entered_on, days_in_stage,
    planned_live_on,
    case when planned_live_on < as_of() then as_of() - planned_live_on end as slip_days,
    coalesce(barriers, []) as barriers,
    coalesce(must_act, []) as must_act,
    engineers_fte, benefit_base_amount, live_share,
    delay_amount(live_share, benefit_base_amount) as cost_of_delay_amount,
    monthly_cost_amount
from standing
join initiatives using (initiative_id)
join chance on chance.stage = standing.stage
left join held_by using (initiative_id)
left join burn using (initiative_id)
where is_stalled
order by cost_of_delay_amount desc nulls last, days_in_stage desc, initiative_id

-- Which initiatives need a decision, and what does each week without one cost?
-- One row per initiative and reason (stalled, gate, red), the costliest week first.
with

red as (
    select
        initiative_id,
        list(distinct model order by model) as red_models,
        min(red_since_on) as red_since_on
    from model_red
    group by initiative_id
),

reasons as (
    select initiative_id, 'stalled' as reason, entered_on as waiting_since_on
    from standing where is_stalled
    union all
    -- A stage gate is due from a quarter before the promised day on.
    select initiative_id, 'gate' as reason, planned_live_on as waiting_since_on
    from standing join initiatives using (initiative_id)
    where is_open and planned_live_on <= as_of() + interval 3 months
    union all
    select initiative_id, 'red' as reason, red_since_on as waiting_since_on
    from standing join red using (initiative_id)
    where is_live
)

select
    initiative_id, reason, name, unit, sponsor, owner, standing.stage, is_live, entered_on, days_in_stage,
    planned_live_on, waiting_since_on,
    greatest(as_of() - waiting_since_on, 0) as waiting_days,
    greatest(waiting_since_on - as_of(), 0) as due_in_days,
    coalesce(barriers, []) as barriers, coalesce(must_act, []) as must_act,
    coalesce(red_models, []) as red_models,
    benefit_base_amount, live_share, monthly_cost_amount,
    case when is_open then delay_amount(live_share, benefit_base_amount) end as cost_of_delay_amount,
    case when is_live then benefit_base_amount / 365 * (as_of() - red_since_on) end as value_at_risk_amount,
    case when is_live then benefit_base_amount / 365 * 7 else cost_of_delay_amount * 12 / 52 end as week_amount
from reasons
join standing using (initiative_id)
join initiatives using (initiative_id)
left join chance on chance.stage = standing.stage
left join held_by using (initiative_id)
left join red using (initiative_id)
left join burn using (initiative_id)
order by week_amount desc nulls last, initiative_id, reason

-- Were they good decisions: do the scaled ones return, and what did waiting on the held ones cost?
-- One row per initiative and day it was decided to scale or to hold it, oldest first.
with

decided as (
    select decision_id, initiative_id, held_on, title, outcome, done_on
    from decisions
    join meetings using (meeting_id)
    where initiative_id is not null and outcome is not null
),

-- Two answers of one day about one initiative are one wait, and one thing that came of it.
judged as (
    select * from decided where outcome in ('scale', 'hold')
    qualify row_number() over (partition by initiative_id, held_on, outcome order by decision_id) = 1
),

steps as (
    select
        decision_id, held_on, stage, coalesce(entered_on, observed_on) as seen_on,
        stage_rank(stage) as stage_rank
    from judged
    join deployment_status using (initiative_id)
),

-- The stage it was in at the meeting, and the first day after on which it was live or had left.
stood as (
    select
        decision_id,
        max_by(stage, (seen_on, stage_rank)) filter (seen_on <= held_on) as stage_then,
        min(seen_on) filter (seen_on > held_on and stage_rank > 3) as moved_on
    from steps
    group by decision_id
),

again as (
    select judged.decision_id, min(later.held_on) as again_on
    from judged
    join decided as later
        on later.initiative_id = judged.initiative_id and later.held_on > judged.held_on
    group by judged.decision_id
),

spent as (
    select decision_id, sum(actual_amount) as spent_since_amount
    from judged
    join costs using (initiative_id)
    where month > held_on
    group by decision_id
),

realised as (
    select decision_id, sum(realised_amount) as realised_since_amount
    from judged
    join benefits using (initiative_id)
    where month > held_on
    group by decision_id
),

held as (
    select
        decision_id,
        least(done_on, again_on, moved_on, as_of()) as held_until_on,
        done_on is null and again_on is null and moved_on is null as is_still_held,
        greatest(held_until_on - held_on, 0) as held_days,
        delay_amount(live_share, benefit_base_amount) as hold_month_amount,
        hold_month_amount * held_days / 30.4375 as wait_amount
    from judged
    left join initiatives using (initiative_id)
    left join stood using (decision_id)
    left join again using (decision_id)
    left join chance on chance.stage = stage_then
    where outcome = 'hold'
)

select
    decision_id, held_on, title, initiative_id, name, unit, outcome,
    standing.stage, coalesce(is_live, false) as is_live,
    case when outcome = 'scale' then realised_since_amount end as realised_since_amount,
    case when outcome = 'scale' then spent_since_amount end as spent_since_amount,
    case when outcome = 'scale' and coalesce(realised_since_amount, spent_since_amount) is not null then
        coalesce(is_live, false) and coalesce(realised_since_amount, 0) > coalesce(spent_since_amount, 0)
    end as is_returning,
    held_until_on, is_still_held, held_days, hold_month_amount, wait_amount
from judged
left join initiatives using (initiative_id)
left join standing using (initiative_id)
left join spent using (decision_id)
left join realised using (decision_id)
left join held using (decision_id)
order by held_on, decision_id

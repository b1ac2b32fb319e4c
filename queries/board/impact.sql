-- What does the gap cost us?
-- One row: the evidence behind the four rows of the impact table.
with

spent as (
    select initiative_id, sum(actual_amount) as spent_amount from costs group by initiative_id
),

portfolio as (
    select
        standing.*, initiatives.*, risk.* exclude (initiative_id), spent_amount,
        -- Nothing spent is zero only where some costs are known at all.
        case when (select count(spent_amount) from spent) > 0 then coalesce(spent_amount, 0) end as spent,
        is_in_pilot_work and is_stalled as is_stalled_pilot,
        is_lost or is_stalled as is_lost_or_stalled,
        case when planned_live_on < as_of() then as_of() - planned_live_on end as slip_days,
        engineers_fte * (coalesce(left_on, as_of()) - first_on) / 30.4375
            as engineer_months
    from standing
    join initiatives using (initiative_id)
    left join spent using (initiative_id)
    left join risk using (initiative_id)
)

select
    count(*) as count_initiatives,
    count(*) filter (is_in_pilot_work) as count_in_pilot_work,
    count(*) filter (is_stalled_pilot) as count_stalled_pilots,
    count(*) filter (is_in_pilot_work and days_in_stage is null) as count_pilot_work_undated,
    count_stalled_pilots / nullif(count_in_pilot_work, 0) as stalled_share,
    case when count_stalled_pilots = 0 then 0 else sum(benefit_base_amount) filter (is_stalled_pilot) end
        as waiting_benefit_amount,
    count(*) filter (is_stalled_pilot and benefit_base_amount is null) as count_stalled_without_benefit,
    median(days_in_stage) filter (is_stalled_pilot) as median_stalled_days,
    median(slip_days) filter (is_stalled_pilot) as median_slip_days,
    count(slip_days) filter (is_stalled_pilot) as count_slipped,

    count(*) filter (is_open) as count_open,
    count(*) filter (is_open and engineers_fte is null) as count_open_without_fte,
    sum(engineers_fte) filter (is_open) as open_fte,
    case when open_fte is not null
        then coalesce(sum(engineers_fte) filter (is_open and is_stalled), 0) end as stalled_fte,
    stalled_fte / nullif(open_fte, 0) as stalled_fte_share,
    sum(engineer_months) filter (is_lost_or_stalled) as idle_engineer_months,
    count(*) filter (is_lost_or_stalled and engineer_months is null) as count_idle_unknown,

    count(*) filter (is_live) as count_live,
    count(*) filter (is_at_risk) as count_at_risk,
    count(*) filter (is_live_red) as count_live_red,
    count(*) filter (is_live_unmeasured) as count_live_unmeasured,
    count(*) filter (is_live_ownerless) as count_live_ownerless,
    case when count_at_risk = 0 then 0 else sum(benefit_base_amount) filter (is_at_risk) end
        as at_risk_benefit_amount,

    (select sum(spent_amount) from spent) as spent_amount,
    count(*) filter (spent_amount is null) as count_without_costs,
    sum(case when is_lost_or_stalled then spent else spent * 0 end) as stuck_amount,
    stuck_amount / nullif((select sum(spent_amount) from spent), 0) as stuck_spend_share,
    sum(case when furthest_rank >= 4 then spent else spent * 0 end) as reached_production_amount,
    sum(case when is_lost then spent else spent * 0 end) as sunk_amount
from portfolio

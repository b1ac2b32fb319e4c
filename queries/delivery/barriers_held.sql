-- What does each barrier hold back now, and who must act?
-- One row per barrier that stands before an open initiative; one behind two barriers is in both rows.
with

held as (
    select distinct initiative_id, barrier from barriers where resolved_on is null
),

owners as (
    select barrier, list(distinct owner order by owner) filter (owner is not null) as must_act
    from barriers
    join standing using (initiative_id)
    where resolved_on is null and is_open
    group by barrier
)

select
    barrier, count(*) as count_initiatives,
    count(*) filter (is_stalled) as count_stalled,
    count(*) filter (benefit_base_amount is null) as count_without_benefit,
    sum(benefit_base_amount) as held_benefit_amount,
    sum(delay_amount(live_share, benefit_base_amount)) as held_delay_amount,
    sum(monthly_cost_amount) as held_cost_amount,
    coalesce(any_value(must_act), []) as must_act
from held
join standing using (initiative_id)
join initiatives using (initiative_id)
join chance on chance.stage = standing.stage
left join owners using (barrier)
left join burn using (initiative_id)
where is_open
group by barrier
order by held_delay_amount desc nulls last, barrier

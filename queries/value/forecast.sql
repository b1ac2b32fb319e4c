-- What will each initiative be worth?
-- One row per open or live initiative: what its forecast is made of, before any assumption.
with

planned as (
    select initiative_id, datediff('month', as_of(), month) as month_ahead, sum(planned_amount) as planned_amount
    from costs
    where month > as_of() and planned_amount is not null
    group by all
),

ahead as (
    select
        initiative_id,
        list(month_ahead order by month_ahead) as months_ahead,
        list(planned_amount::double order by month_ahead) as planned_amounts
    from planned
    group by initiative_id
)

select
    initiatives.initiative_id, name, unit, standing.stage, is_live, as_of() as as_of_on,
    case when is_open then planned_live_on end as planned_live_on,
    benefit_low_amount, benefit_base_amount, benefit_high_amount, benefit_evidence,
    count_live, count_finished, prior_share, monthly_cost_amount as recent_amount,
    coalesce(months_ahead, []) as months_ahead,
    coalesce(planned_amounts, []) as planned_amounts
from standing
join initiatives using (initiative_id)
left join chance on chance.stage = standing.stage
left join ahead using (initiative_id)
left join burn using (initiative_id)
where is_open or is_live
order by initiatives.initiative_id

-- What has each initiative paid and got so far, month by month?
-- One row per initiative and month with an actual cost or a realised benefit, oldest first.
with

flows as (
    select initiative_id, month, actual_amount as cost_amount, null as benefit_amount
    from costs
    where actual_amount is not null
    union all
    select initiative_id, month, null, realised_amount
    from benefits
    where realised_amount is not null
)

select
    initiative_id, month, datediff('month', as_of(), month) as month_ahead,
    coalesce(sum(cost_amount), 0) as cost_amount,
    coalesce(sum(benefit_amount), 0) as benefit_amount
from flows
group by all
order by initiative_id, month

-- What did this initiative cost and return, month by month?
-- One row per month with a plan or an actual, oldest first.
with

cost as (
    select month, sum(planned_amount) as planned_cost_amount, sum(actual_amount) as actual_cost_amount
    from costs
    where initiative_id = $initiative_id
    group by month
),

benefit as (
    select
        month,
        sum(planned_amount) as planned_benefit_amount,
        sum(realised_amount) as realised_benefit_amount
    from benefits
    where initiative_id = $initiative_id
    group by month
)

select *
from cost
full join benefit using (month)
order by month

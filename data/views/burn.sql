-- What an initiative costs a month: the mean actual cost of its last three months that have one.
create or replace view burn as
with

monthly as (
    select initiative_id, month, sum(actual_amount) as actual_amount
    from costs
    where actual_amount is not null
    group by initiative_id, month
    qualify row_number() over (partition by initiative_id order by month desc) <= 3
)

select initiative_id, avg(actual_amount) as monthly_cost_amount
from monthly
group by initiative_id;

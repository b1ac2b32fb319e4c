-- A cost is not negative.
-- info: Nothing, if it is a credit or a correction; else remove the sign.
select
    row, case when actual_amount < 0 then 'actual_amount' else 'planned_amount' end as target,
    least(actual_amount, planned_amount)::text as value,
    'The cost is negative, so it lowers what was spent.' as says
from draft_costs
where actual_amount < 0 or planned_amount < 0

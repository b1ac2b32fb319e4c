-- What was planned and what was spent, month by month?
-- One row per month with a plan or an actual, oldest first; after the as-of date there are only plans.
select month, sum(planned_amount) as planned_amount, sum(actual_amount) as actual_amount
from costs
group by month
order by month

-- The days of a trend: the as-of date and the ends of the twelve months before it.
create or replace view year_days as
select as_of() as day_on
union all
select last_day(month_on::date)
from range(
    date_trunc('month', as_of()) - interval 12 months, date_trunc('month', as_of()), interval 1 month
) as months (month_on);

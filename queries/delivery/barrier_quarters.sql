-- How did the months in pilot work go, quarter by quarter?
-- One row per quarter and barrier (empty: working), oldest first: initiative-days in pilot work.
with

quartered as (
    select
        barrier, day_share, from_on, until_on,
        unnest(range(
            date_trunc('quarter', from_on)::timestamp, until_on::timestamp, interval 3 month
        ))::date as quarter_on
    from barrier_stretches
)

select
    quarter_on, barrier,
    sum(
        (least(until_on, (quarter_on + interval 3 month)::date) - greatest(from_on, quarter_on)) * day_share
    ) as barrier_days
from quartered
group by all
order by quarter_on, barrier

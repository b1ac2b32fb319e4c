-- How did the work in each stage grow or shrink?
-- One row per month's end and stage of the last three years: how many initiatives stood there.
with

days as (
    select least(last_day(month_on::date), as_of()) as day_on
    from range(date_trunc('month', as_of()) - interval 35 months, as_of() + 1, interval 1 month)
        as months (month_on)
),

stood as (
    select
        day_on, initiative_id,
        last(
            stage order by coalesce(entered_on, observed_on), list_position(
                [
                    'idea', 'proof_of_concept', 'pilot', 'production', 'scaled', 'stopped', 'retired'
                ], stage
            )
        ) as stage
    from days
    join deployment_status on coalesce(entered_on, observed_on) <= day_on
    where initiative_id in (select initiative_id from initiatives)
    group by all
)

select day_on, stage, count(*) as count_initiatives
from stood
group by all
order by day_on, stage

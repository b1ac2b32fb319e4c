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
        stage,
        coalesce(entered_on, observed_on) as from_on,
        lead(coalesce(entered_on, observed_on)) over (
            partition by initiative_id
            order by coalesce(entered_on, observed_on), stage_rank(stage)
        ) as until_on
    from deployment_status
)

select day_on, stage, count(*) as count_initiatives
from days
join stood on from_on <= day_on and coalesce(day_on < until_on, true)
group by all
order by day_on, stage

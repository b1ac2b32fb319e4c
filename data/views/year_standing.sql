-- Who was open or live in the last year: one row per initiative and day; the days are the as-of date
-- and the ends of the twelve months before it.
create or replace view year_standing as
with

days as (
    select as_of() as day_on
    union all
    select last_day(month_on::date)
    from range(
        date_trunc('month', as_of()) - interval 12 months, date_trunc('month', as_of()), interval 1 month
    ) as months (month_on)
),

stays as (
    select
        initiative_id, stage,
        coalesce(entered_on, observed_on) as from_on,
        lead(coalesce(entered_on, observed_on), 1, as_of() + 1) over (
            partition by initiative_id
            order by coalesce(entered_on, observed_on), list_position(
                ['idea', 'proof_of_concept', 'pilot', 'production', 'scaled', 'stopped', 'retired'], stage
            )
        ) as until_on
    from deployment_status
)

select
    day_on, initiative_id, stage,
    stage in ('production', 'scaled') as is_live,
    stage = 'scaled' as is_scaled
from days
join stays on from_on <= day_on and day_on < until_on
where stage not in ('stopped', 'retired');

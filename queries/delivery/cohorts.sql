-- How far did the initiatives of each quarter get within the same time?
-- One row per quarter of first dated entry, oldest first; only those that had the whole time count.
with

entered as (
    select initiative_id, first_on, as_of() - first_on >= $within_days as is_old_enough
    from standing
    where first_on is not null
),

reached as (
    select
        entered.*,
        max(stage_rank(stage)) filter (
            stage not in ('stopped', 'retired')
            and coalesce(entered_on, observed_on) <= first_on + $within_days::integer
        ) as stage_rank
    from entered
    join deployment_status using (initiative_id)
    group by all
)

select
    date_trunc('quarter', first_on)::date as quarter_on,
    count(*) as count_entered,
    count(*) filter (is_old_enough) as count_followed,
    count(*) filter (is_old_enough and stage_rank >= 2) as count_reached_proof_of_concept,
    count(*) filter (is_old_enough and stage_rank >= 3) as count_reached_pilot,
    count(*) filter (is_old_enough and stage_rank >= 4) as count_reached_production,
    count(*) filter (is_old_enough and stage_rank >= 5) as count_reached_scaled
from reached
group by quarter_on
order by quarter_on

-- Where the days in pilot work went: one row per initiative, stretch of days and barrier it stood behind
-- (empty: none, so working). Barriers that overlap share a stretch equally.
create or replace view barrier_stretches as
with

rows_in_order as (
    select
        initiative_id, stage,
        coalesce(entered_on, observed_on) as from_on,
        coalesce(lead(coalesce(entered_on, observed_on)) over (
            partition by initiative_id
            order by coalesce(entered_on, observed_on), stage_rank(stage)
        ), as_of()) as until_on
    from deployment_status
),

pilot_work as (
    select initiative_id, from_on, until_on
    from rows_in_order
    where stage in ('proof_of_concept', 'pilot') and from_on < until_on
),

stood as (
    select
        initiative_id, barrier,
        greatest(raised_on, from_on) as from_on,
        least(coalesce(resolved_on, as_of()), until_on) as until_on
    from barriers
    join pilot_work using (initiative_id)
    where raised_on < until_on and coalesce(resolved_on, as_of()) > from_on
),

edges as (
    select initiative_id, from_on as edge_on from pilot_work
    union select initiative_id, until_on from pilot_work
    union select initiative_id, from_on from stood
    union select initiative_id, until_on from stood
),

stretches as (
    select
        initiative_id, edge_on as from_on,
        lead(edge_on) over (partition by initiative_id order by edge_on) as until_on
    from edges
),

-- Between two edges nothing changes: the stretch belongs to every barrier that covers it, in equal parts.
within_pilot_work as (
    select stretches.initiative_id, stretches.from_on, stretches.until_on
    from stretches
    join pilot_work on pilot_work.initiative_id = stretches.initiative_id
        and pilot_work.from_on <= stretches.from_on and stretches.until_on <= pilot_work.until_on
),

-- A barrier raised twice is one barrier.
behind as (
    select distinct
        within_pilot_work.initiative_id, within_pilot_work.from_on, within_pilot_work.until_on, barrier
    from within_pilot_work
    left join stood on stood.initiative_id = within_pilot_work.initiative_id
        and stood.from_on <= within_pilot_work.from_on and within_pilot_work.from_on < stood.until_on
)

select
    initiative_id, barrier, from_on, until_on,
    1.0 / count(*) over (partition by initiative_id, from_on) as day_share,
    (until_on - from_on) * day_share as barrier_days
from behind;

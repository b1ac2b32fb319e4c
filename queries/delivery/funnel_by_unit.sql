-- How many pilots of each unit reached production?
-- One row per unit, most pilots first.
select
    unit,
    count(*) as count_initiatives,
    count(*) filter (furthest_rank >= 3) as count_reached_pilot,
    count(*) filter (furthest_rank >= 4) as count_reached_production,
    count(*) filter (is_stalled) as count_stalled,
    count_reached_production / nullif(count_reached_pilot, 0) as pilot_to_production_share
from standing
join initiatives using (initiative_id)
group by unit
order by count_reached_pilot desc, unit

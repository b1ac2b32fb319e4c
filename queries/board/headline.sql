-- How wide is the execution gap?
-- One row: how many initiatives reached what, as reported.
select
    count(*) as count_initiatives,
    count(*) filter (is_open) as count_open,
    count(*) filter (is_live) as count_live,
    count(*) filter (is_lost) as count_lost,
    count(*) filter (is_in_pilot_work) as count_in_pilot_work,
    count(*) filter (furthest_rank >= 3) as count_reached_pilot,
    count(*) filter (furthest_rank >= 4) as count_reached_production,
    count(*) filter (furthest_rank = 0) as count_exit_only,
    count(*) filter (is_open and days_in_stage is null) as count_open_undated,
    count(*) filter (is_start_unknown) as count_start_unknown,
    count_reached_production / nullif(count_reached_pilot, 0) as pilot_to_production_share,
    count_lost / nullif(count_lost + count_reached_production, 0) as lost_share,
    (select count(*) from initiatives) - count(*) as count_without_stage
from standing

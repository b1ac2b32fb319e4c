-- Where do the months in pilot work go?
-- One row per unit and barrier (empty: working): initiative-days in pilot work, shared by overlapping ones.
select unit, barrier, sum(barrier_days) as barrier_days, count(distinct initiative_id) as count_initiatives
from barrier_stretches
join initiatives using (initiative_id)
group by all
order by unit, barrier

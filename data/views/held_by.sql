-- What stands before an initiative: one row per initiative behind a barrier that is not resolved.
create or replace view held_by as
select
    initiative_id,
    list(barrier order by raised_on, barrier) as barriers,
    list(distinct owner order by owner) filter (owner is not null) as must_act
from barriers
where resolved_on is null
group by initiative_id;

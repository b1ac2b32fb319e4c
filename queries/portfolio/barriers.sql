-- What holds or held this initiative back?
-- One row per barrier raised, the open ones first.
select
    barrier, raised_on, resolved_on,
    coalesce(resolved_on, as_of()) - raised_on as standing_days,
    owner, note
from barriers
where initiative_id = $initiative_id
order by resolved_on is not null, raised_on

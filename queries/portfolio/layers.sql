-- What does this initiative have of what production needs?
-- One row per capability assessed, its latest assessment.
select
    capability,
    max_by(state, assessed_on) as state,
    max(assessed_on) as assessed_on,
    max_by(evidence, assessed_on) as evidence
from capabilities
where initiative_id = $initiative_id
group by capability
order by capability

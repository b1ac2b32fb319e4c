-- Through which stages did this initiative go, and when?
-- One row per status row, oldest first.
select stage, entered_on, observed_on, coalesce(entered_on, observed_on) as seen_on, note
from deployment_status
where initiative_id = $initiative_id
order by seen_on, stage_rank(stage)

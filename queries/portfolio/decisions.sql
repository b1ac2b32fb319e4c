-- What was decided about this initiative?
-- One row per decision, latest meeting first.
select held_on, title, question, outcome, rationale, dissent, decisions.owner, due_on, done_on
from decisions
join meetings using (meeting_id)
where initiative_id = $initiative_id
order by held_on desc, decision_id

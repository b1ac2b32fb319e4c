-- What was decided, who does it, and was it done in time?
-- One row per decision of a meeting held by the day, newest meeting first; those of no meeting last.
select
    decision_id, meeting_id, held_on, title, decisions.initiative_id, name, unit,
    decisions.initiative_id is not null and name is null as is_removed,
    question, outcome, rationale, dissent, decisions.owner, due_on, done_on,
    greatest(coalesce(done_on, as_of()) - due_on, 0) as late_days,
    as_of() - held_on as waiting_days,
    case
        when done_on > due_on then 'done late'
        when done_on is not null then 'done'
        when outcome is null then 'undecided'
        when due_on < as_of() then 'late'
        else 'due'
    end as state
from decisions
left join meetings using (meeting_id)
left join initiatives using (initiative_id)
where held_on is not null or meeting_id is null
order by held_on desc nulls last, decision_id

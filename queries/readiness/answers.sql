-- What did everybody answer to the readiness questionnaire?
-- One row per assessment, respondent and question, oldest first.
select assessed_on, respondent, question, team, score, evidence
from assessments
order by assessed_on, respondent, question

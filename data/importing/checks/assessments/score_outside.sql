-- An answer is a score from 0 to 4.
-- warning: Write the score on the scale from 0 to 4.
select row, 'score' as target, score::text as value, 'The scale goes from 0 to 4.' as says
from draft_assessments
where score < 0 or score > 4

-- A questionnaire was answered before the day the file describes.
-- warning: Correct the day.
select
    row, 'assessed_on' as target, assessed_on::text as value,
    'It is answered on ' || assessed_on || ', after the day the file describes.' as says
from draft_assessments
where assessed_on > file_day()

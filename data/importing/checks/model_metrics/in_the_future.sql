-- Nothing is measured before the day has come.
-- warning: Correct the time; a time zone may be missing.
select
    row, 'measured_at' as target, measured_at::text as value,
    'It is measured at ' || measured_at || ', after the day the file describes.' as says
from draft_model_metrics
where measured_at::date > file_day() + 1

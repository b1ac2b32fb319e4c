-- What every batch brought of the tables a platform may write: how many rows, by initiative and table.
create or replace view brought as
with

rows_of_platforms as (
    select batch_id, initiative_id, 'deployment_status' as table_name from deployment_status_row
    union all select batch_id, initiative_id, 'capabilities' from capabilities_row
    union all select batch_id, initiative_id, 'model_metrics' from model_metrics_row
    union all select batch_id, initiative_id, 'pipeline_runs' from pipeline_runs_row
)

select number, initiative_id, name, table_name, count(*) as count_rows
from rows_of_platforms
join batch using (batch_id)
join initiatives using (initiative_id)
group by all;

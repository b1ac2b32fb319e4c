-- When each metric of an initiative turns amber and red: its own target before the general one.
-- A metric nobody set a target for has no kind and no lines.
create or replace view metric_lines as
with

measured as (
    select distinct initiative_id, metric from model_metrics_daily
)

select
    measured.*,
    coalesce(own.label, general.label, measured.metric) as label,
    coalesce(own.kind, general.kind) as kind,
    coalesce(own.higher_is_better, general.higher_is_better) as higher_is_better,
    case when own.metric is null then general.amber else own.amber end as amber,
    case when own.metric is null then general.red else own.red end as red,
    own.metric is not null as is_own
from measured
left join metric_targets as own
    on own.metric = measured.metric and own.initiative_id = measured.initiative_id
left join metric_targets as general
    on general.metric = measured.metric and general.initiative_id is null;

-- Since when each model that is red now has been red without a break: one row per initiative and model.
-- A value stands until the next of its series, for 30 days at most, and no longer than its version.
create or replace view model_red as
with

red_now as (
    select distinct initiative_id, model from model_state where state = 'red'
),

measured as (
    select model_metrics_daily.*, higher_is_better, red
    from model_metrics_daily
    join red_now using (initiative_id, model)
    join metric_lines using (initiative_id, metric)
    where kind in ('performance', 'service') and red is not null
),

versions as (
    select initiative_id, model, version, min(measured_on) as first_on, max(measured_on) as last_on
    from model_metrics_daily
    join red_now using (initiative_id, model)
    group by all
),

replaced as (
    select older.initiative_id, older.model, older.version, min(newer.first_on) as replaced_on
    from versions as older
    join versions as newer
        on newer.initiative_id = older.initiative_id and newer.model = older.model
        and newer.first_on > older.last_on
    group by all
),

spells as (
    select
        initiative_id, model, measured_on as from_on,
        case when higher_is_better then value < red else value > red end as is_red,
        least(
            coalesce(lead(measured_on) over (
                partition by initiative_id, model, version, metric order by measured_on
            ), replaced_on),
            measured_on + 31
        ) as until_on
    from measured
    left join replaced using (initiative_id, model, version)
),

-- An island begins where everything red before has ended.
islands as (
    select
        *,
        coalesce(from_on > max(until_on) over (
            partition by initiative_id, model order by from_on, until_on
            rows between unbounded preceding and 1 preceding
        ), true) as is_start
    from spells
    where is_red
)

select initiative_id, model, max(from_on) filter (is_start) as red_since_on
from islands
group by initiative_id, model;

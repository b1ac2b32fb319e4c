-- What speaks for each action of the five steps: one row per action, initiative it is asked of, and day of
-- `year_standing`. The score is 0 to 1, empty where nobody assessed it.
create or replace view action_evidence as
with

actions (action, is_asked_of_live_only) as (
    values
        ('1.1', false), ('1.2', false), ('1.3', false),
        ('2.1', false), ('2.2', false), ('2.3', false),
        ('3.1', false), ('3.2', false), ('3.3', false),
        ('4.1', false), ('4.2', true), ('4.3', false),
        ('5.1', false), ('5.2', false), ('5.3', true)
),

metric_days as (select distinct initiative_id, measured_on from model_metrics_daily),

measured as (
    select day_on, initiative_id, max(measured_on) as measured_on
    from (select distinct day_on from year_standing)
    join metric_days on measured_on <= day_on
    group by day_on, initiative_id
),

spent as (
    select initiative_id, min(month) as spent_on from costs where actual_amount is not null group by all
),

returned as (
    select initiative_id, min(month) as returned_on from benefits where realised_amount is not null group by all
)

select
    day_on, initiative_id, is_live, action,
    case action
        when '1.1' then (coalesce(trim(process), '') <> '')::double
        when '1.2' then (coalesce(trim(success_metric), '') <> '' and target is not null)::double
        when '1.3' then (coalesce(trim(goal), '') <> '')::double
        when '4.1' then case when len(integrates_with) > 0 then 1 else score end
        when '4.2' then coalesce(day_on - measured_on <= 30, false)::double
        when '5.2' then coalesce(
            spent_on <= day_on and returned_on <= day_on and measured_on is not null, false
        )::double
        when '5.3' then is_scaled::double
        else score
    end as score
from year_standing
join initiatives using (initiative_id)
join actions on is_live or not is_asked_of_live_only
left join year_equipment using (day_on, initiative_id, action)
left join measured using (day_on, initiative_id)
left join spent using (initiative_id)
left join returned using (initiative_id);

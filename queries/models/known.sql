-- Which models were ever measured?
-- One row per initiative and model, by name.
select
    initiative_id, name, model,
    coalesce(any_value(is_live), false) as is_live,
    any_value(benefit_base_amount) as benefit_base_amount,
    min(measured_on) as first_on, max(measured_on) as last_on, sum(count_values)::bigint as count_values
from model_metrics_daily
join initiatives using (initiative_id)
left join standing using (initiative_id)
group by initiative_id, name, model
order by name, initiative_id, model

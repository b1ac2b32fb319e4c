-- Which capability would unblock the most benefit?
-- One row per capability that open, assessed initiatives lack, the most benefit first.
with

assessed as (
    select
        initiative_id,
        list(capability) filter (state = 'in_place') as has
    from (
        select initiative_id, capability, max_by(state, assessed_on) as state from capabilities group by all
    )
    group by initiative_id
),

needs (capability) as (
    values
        ('data_pipeline'), ('model_versioning'), ('automated_retraining'), ('containerized_inference'),
        ('model_drift_monitoring'), ('data_drift_monitoring'), ('performance_monitoring'), ('alerting'),
        ('application_integration'), ('decision_automation'), ('gpu_compute'), ('deployment_pipeline'),
        ('governance_framework')
),

lacking as (
    select
        initiative_id, capability, benefit_base_amount,
        count(*) over (partition by initiative_id) as count_lacking
    from standing
    join initiatives using (initiative_id)
    join assessed using (initiative_id)
    cross join needs
    where is_open and not list_contains(coalesce(has, []), capability)
)

select
    capability,
    count(*) as count_lacking_it,
    count(*) filter (count_lacking = 1) as count_only_this,
    sum(benefit_base_amount / count_lacking) as unblocked_benefit_amount,
    sum(benefit_base_amount) filter (count_lacking = 1) as only_this_benefit_amount,
    sum(benefit_base_amount) as lacking_benefit_amount,
    count(*) filter (benefit_base_amount is null) as count_without_benefit
from lacking
group by capability
order by unblocked_benefit_amount desc nulls last, capability

-- Runs of pipelines, and whether each counts. Where several platforms report the retraining of a model,
-- those of one count: Airflow before Kubeflow before MLflow before Weights & Biases before any other. A run
-- that names no model may be one of any model of its initiative, and so is reported by both as well.
create or replace view counted_runs as
with

ranked as (
    select
        *,
        coalesce(
            list_position(['airflow', 'kubeflow', 'mlflow', 'wandb'], platform), 5
        ) as platform_rank
    from pipeline_runs
),

chosen as (
    select
        *,
        case
            when model is null then min(platform_rank) over (partition by initiative_id, purpose)
            else least(
                min(platform_rank) over (partition by initiative_id, purpose, lower(model)),
                min(platform_rank) filter (model is null) over (partition by initiative_id, purpose)
            )
        end as chosen_rank
    from ranked
)

select
    * exclude (platform_rank, chosen_rank),
    purpose = 'data' or platform_rank = chosen_rank as is_counted
from chosen;

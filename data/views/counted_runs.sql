-- Runs of pipelines, and whether each counts. Where several platforms report the retraining of a model,
-- those of one count: Airflow before Kubeflow before MLflow before Weights & Biases before any other.
create or replace view counted_runs as
with

ranked as (
    select
        *,
        coalesce(
            list_position(['airflow', 'kubeflow', 'mlflow', 'wandb'], platform), 5
        ) as platform_rank
    from pipeline_runs
)

select
    * exclude (platform_rank),
    purpose = 'data'
        or platform_rank = min(platform_rank) over (partition by initiative_id, purpose, model) as is_counted
from ranked;

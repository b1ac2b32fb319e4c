"""Retrains the reader of forms, with as many forms of the new scanner as the run is told of."""

import os

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

TRAINING = os.environ["STORY_TRAINING"]
TAGS = ["retrain", "initiative:FORMS-1", "model:form-reader"]

with DAG("retrain_form_reader", schedule="0 3 29 2 *", catchup=False, tags=TAGS):
    BashOperator(
        task_id="retrain",
        bash_command=TRAINING + " retrain {{ dag_run.conf.get('count', 198) }}",
        append_env=True,
    )

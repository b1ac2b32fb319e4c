-- Runs of retraining and data pipelines, as the platforms that run them report.
create table pipeline_runs_row (
    batch_id      uuid not null,
    is_removed    boolean not null,
    platform      text not null,
    run_id        text not null,
    initiative_id text not null,
    model         text,
    pipeline      text not null,
    purpose       text not null,   -- retraining, data
    started_at    timestamp not null,
    ended_at      timestamp,
    outcome       text,            -- succeeded, failed, cancelled; empty while it runs
    url           text
);
create table pipeline_runs_current as select *, null::text as unit, null::text as sponsor from pipeline_runs_row limit 0;

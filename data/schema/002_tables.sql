-- `<table>_row` keeps every version of every row; `<table>_current` the latest counting row per key,
-- kept true by commit, undo and redo. Current rows of an initiative's tables carry its unit and sponsor.

create table initiatives_row (
    batch_id uuid not null,
    is_removed boolean not null,
    initiative_id       text,
    name                text,
    description         text,
    unit                text,
    process             text,
    goal                text,
    sponsor             text,
    owner               text,
    success_metric      text,
    baseline            double,
    target              double,
    actual              double,
    declared_status     text,
    teams               text[],
    engineers_fte       double,
    benefit_low_amount  decimal(18, 2),
    benefit_base_amount decimal(18, 2),
    benefit_high_amount decimal(18, 2),
    benefit_evidence    text,
    integrates_with     text[],
    planned_live_on     date
);

create table deployment_status_row (
    batch_id uuid not null,
    is_removed boolean not null,
    initiative_id text,
    stage         text,
    entered_on    date,
    observed_on   date,
    note          text
);

create table costs_row (
    batch_id uuid not null,
    is_removed boolean not null,
    initiative_id  text,
    month          date,
    category       text,
    planned_amount decimal(18, 2),
    actual_amount  decimal(18, 2)
);

create table benefits_row (
    batch_id uuid not null,
    is_removed boolean not null,
    initiative_id   text,
    month           date,
    kind            text,
    planned_amount  decimal(18, 2),
    realised_amount decimal(18, 2),
    evidence        text
);

create table model_metrics_row (
    batch_id uuid not null,
    is_removed boolean not null,
    initiative_id text,
    model         text,
    version       text,
    metric        text,
    measured_at   timestamp,
    value         double
);

create table metric_targets_row (
    batch_id uuid not null,
    is_removed boolean not null,
    metric           text,
    initiative_id    text,
    label            text,
    kind             text,
    higher_is_better boolean,
    amber            double,
    red              double
);

create table capabilities_row (
    batch_id uuid not null,
    is_removed boolean not null,
    initiative_id text,
    capability    text,
    assessed_on   date,
    state         text,
    evidence      text
);

create table barriers_row (
    batch_id uuid not null,
    is_removed boolean not null,
    initiative_id text,
    barrier       text,
    raised_on     date,
    resolved_on   date,
    owner         text,
    note          text
);

create table assessments_row (
    batch_id uuid not null,
    is_removed boolean not null,
    assessed_on date,
    respondent  text,
    question    text,
    team        text,
    score       double,
    evidence    text
);

create table meetings_row (
    batch_id uuid not null,
    is_removed boolean not null,
    meeting_id text,
    held_on    date,
    title      text,
    as_of      date,
    known_at   timestamp
);

create table decisions_row (
    batch_id uuid not null,
    is_removed boolean not null,
    decision_id   text,
    meeting_id    text,
    initiative_id text,
    question      text,
    outcome       text,
    rationale     text,
    owner         text,
    due_on        date,
    done_on       date
);

create table benchmarks_row (
    batch_id uuid not null,
    is_removed boolean not null,
    benchmark_id text,
    label        text,
    figure       double,
    measured_in  text,
    counts_what  text,
    from_stage   text,
    to_stage     text,
    publisher    text,
    year         double,
    sample       text,
    url          text,
    grade        text,
    is_disputed  boolean,
    note         text
);

create table initiatives_current as select * from initiatives_row limit 0;
create table deployment_status_current as select *, null::text as unit, null::text as sponsor from deployment_status_row limit 0;
create table costs_current as select *, null::text as unit, null::text as sponsor from costs_row limit 0;
create table benefits_current as select *, null::text as unit, null::text as sponsor from benefits_row limit 0;
create table model_metrics_current as select *, null::text as unit, null::text as sponsor from model_metrics_row limit 0;
create table metric_targets_current as select *, null::text as unit, null::text as sponsor from metric_targets_row limit 0;
create table capabilities_current as select *, null::text as unit, null::text as sponsor from capabilities_row limit 0;
create table barriers_current as select *, null::text as unit, null::text as sponsor from barriers_row limit 0;
create table assessments_current as select * from assessments_row limit 0;
create table meetings_current as select * from meetings_row limit 0;
create table decisions_current as select *, null::text as unit, null::text as sponsor from decisions_row limit 0;
create table benchmarks_current as select * from benchmarks_row limit 0;

-- One row per series and day, for pages; the drill-down reads the raw rows of one series.
create table model_metrics_daily_current (
    initiative_id text,
    model         text,
    version       text,
    metric        text,
    measured_on   date,
    value         double,         -- the last of the day
    value_low     double,
    value_high    double,
    count_values  bigint,
    unit          text,
    sponsor       text
);

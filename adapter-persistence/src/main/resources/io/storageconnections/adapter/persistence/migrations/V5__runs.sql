-- The run of a connection that was started last; null before the first one. No foreign key, because
-- old runs are removed.
alter table storage_connection add column last_run_id uuid;

-- How many names of the file runs have found that were not known before.
alter table storage_connection_source_file add column name_revision bigint default 0 not null;

create table storage_connection_run (
  imodel_id        uuid                        not null,
  run_id           uuid                        not null,
  connection_id    uuid                        not null,
  -- The request that started the run. 255 characters, each of which may be two UTF-16 units, which
  -- some databases count.
  client           varchar(510)                not null,
  subject          varchar(510)                not null,
  correlation_id   varchar(510),
  started_at       timestamp(6) with time zone not null,
  state            varchar(32)                 not null,
  cancel_requested boolean                     not null,
  failure          varchar(64),
  -- The fence of the worker that last picked up the run. Each later write of that worker names it.
  fence            bigint                      not null,
  node             varchar(510),
  revision         bigint                      not null,
  changed_at       timestamp(6) with time zone not null,
  constraint storage_connection_run_pk primary key (imodel_id, run_id),
  constraint storage_connection_run_connection_fk
    foreign key (imodel_id, connection_id) references storage_connection (imodel_id, connection_id)
    on delete cascade
);

-- The runs of a connection in the order in which they are listed.
create index storage_connection_run_newest_first
  on storage_connection_run (imodel_id, connection_id, started_at, run_id);

-- Tasks carry the id of their job. Nothing else of a job is stored: state, result and times follow
-- from its tasks.
create table storage_connection_run_task (
  imodel_id               uuid                        not null,
  task_id                 uuid                        not null,
  run_id                  uuid                        not null,
  job_id                  uuid                        not null,
  -- The place in the order of execution, from 0.
  task_index              integer                     not null,
  source_file_id          uuid                        not null,
  storage_itwin_id        uuid                        not null,
  storage_file_id         uuid                        not null,
  connector_type          varchar(32)                 not null,
  created_at              timestamp(6) with time zone not null,
  state                   varchar(32)                 not null,
  result                  varchar(32)                 not null,
  attempts                integer                     not null,
  retry_at                timestamp(6) with time zone,
  begun_at                timestamp(6) with time zone,
  ended_at                timestamp(6) with time zone,
  -- The error; all null if there is none. 2,000 characters of two UTF-16 units.
  error_system            varchar(64),
  error_phase             varchar(4000),
  error_category          varchar(64),
  error_key               varchar(4000),
  error_description       varchar(4000),
  error_article           varchar(4000),
  error_user_can_fix      boolean,
  error_details           varchar(4000),
  error_exit_code         bigint,
  -- The connector's report; all null if there is none.
  report_suggested_action varchar(4000),
  report_message          varchar(4000),
  report_errors           bigint,
  report_warnings         bigint,
  report_other_issues     bigint,
  constraint storage_connection_run_task_pk primary key (imodel_id, task_id),
  constraint storage_connection_run_task_run_fk
    foreign key (imodel_id, run_id) references storage_connection_run (imodel_id, run_id)
    on delete cascade
);

create index storage_connection_run_task_of_run
  on storage_connection_run_task (imodel_id, run_id, task_index);

-- The live runs. The primary key decides which of several simultaneous starts succeeds.
create table storage_connection_live_run (
  imodel_id     uuid not null,
  -- The iModel or the connection, of which at most one run is live.
  scope_id      uuid not null,
  connection_id uuid not null,
  run_id        uuid not null,
  itwin_id      uuid not null,
  constraint storage_connection_live_run_pk primary key (imodel_id, scope_id),
  constraint storage_connection_live_run_run_fk
    foreign key (imodel_id, run_id) references storage_connection_run (imodel_id, run_id)
    on delete cascade
);

create index storage_connection_live_run_of_run
  on storage_connection_live_run (imodel_id, run_id);

-- The live runs of an iTwin, which determine the priority of its next run.
create index storage_connection_live_run_of_itwin on storage_connection_live_run (itwin_id);

-- The last part of what connectors have printed: 65,536 bytes in UTF-8.
create table storage_connection_run_output (
  imodel_id uuid           not null,
  task_id   uuid           not null,
  content   varchar(65536) not null,
  constraint storage_connection_run_output_pk primary key (imodel_id, task_id),
  constraint storage_connection_run_output_task_fk
    foreign key (imodel_id, task_id) references storage_connection_run_task (imodel_id, task_id)
    on delete cascade
);

-- The scripts of simulated connectors. The name is the id of a Storage file, or a connector type.
create table storage_connection_run_script (
  name            varchar(64) not null,
  kind            varchar(16) not null,
  duration_millis bigint,
  times           integer,
  error_key       varchar(64),
  exit_code       integer,
  constraint storage_connection_run_script_pk primary key (name)
);

-- The queue of runs, in the layout of the library db-scheduler. One row for each live run; the
-- instance is the id of the connection, a slash, and the id of the run.
create table storage_connection_run_execution (
  task_name            varchar(100)                not null,
  task_instance        varchar(100)                not null,
  task_data            bytea,
  execution_time       timestamp(6) with time zone not null,
  picked               boolean                     not null,
  picked_by            varchar(50),
  last_success         timestamp(6) with time zone,
  last_failure         timestamp(6) with time zone,
  consecutive_failures integer,
  last_heartbeat       timestamp(6) with time zone,
  version              bigint                      not null,
  priority             smallint,
  constraint storage_connection_run_execution_pk primary key (task_name, task_instance)
);

create index storage_connection_run_execution_by_priority
  on storage_connection_run_execution (priority desc, execution_time asc);

create index storage_connection_run_execution_by_time
  on storage_connection_run_execution (execution_time);

create index storage_connection_run_execution_by_heartbeat
  on storage_connection_run_execution (last_heartbeat);

-- psql script: starts a run of every connection that has none that is live, all in one transaction.
begin;

-- The id of a connection has its two GUIDs in .NET byte order.
create function pg_temp.net_order(id uuid) returns text language sql as
$$ select regexp_replace(id::text, '^(..)(..)(..)(..)-(..)(..)-(..)(..)-(.*)$', '\4\3\2\1\6\5\8\7\9') $$;

create temporary table started on commit drop as
select f.imodel_id, gen_random_uuid() as run_id, f.connection_id, f.source_file_id, f.storage_itwin_id, f.storage_file_id, now() as at
from storage_connection_source_file f
where not exists (select from storage_connection_live_run l where l.imodel_id = f.imodel_id);

insert into storage_connection_run
  (imodel_id, run_id, connection_id, client, subject, started_at, state, cancel_requested, fence, revision, changed_at)
select imodel_id, run_id, connection_id, 'benchmark', 'benchmark', at, 'Queued', false, 0, 1, at from started;

insert into storage_connection_run_task
  (imodel_id, task_id, run_id, job_id, task_index, source_file_id, storage_itwin_id, storage_file_id, connector_type, created_at, state, result, attempts)
select imodel_id, gen_random_uuid(), run_id, gen_random_uuid(), 0, source_file_id, storage_itwin_id, storage_file_id, 'MSTN', at, 'NotStarted', 'Undetermined', 0
from started;

insert into storage_connection_live_run (imodel_id, scope_id, connection_id, run_id, itwin_id)
select imodel_id, imodel_id, connection_id, run_id, storage_itwin_id from started;

insert into storage_connection_run_execution (task_name, task_instance, task_data, execution_time, picked, version, priority)
select 'run', translate(encode(decode(replace(pg_temp.net_order(imodel_id) || pg_temp.net_order(connection_id), '-', ''), 'hex'), 'base64'), '+/=', '-_') || '/' || run_id, '', at - interval '10 minutes', false, 1, 0
from started;

commit;

analyze storage_connection_run, storage_connection_run_task, storage_connection_live_run, storage_connection_run_execution;

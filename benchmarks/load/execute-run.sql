-- pgbench script: picks a run from the queue and executes it, with the statements of a worker. The worker
-- picks several runs at once; this script picks one.
begin;
select task_instance as instance, version as picked_version, right(task_instance, 36)::uuid as run,
  -- The id of the connection has two GUIDs in .NET byte order, in base64url.
  regexp_replace(substr(encode(decode(translate(left(task_instance, 43), '-_', '+/') || '=', 'base64'), 'hex'), 1, 32),
    '^(..)(..)(..)(..)(..)(..)(..)(..)(.*)$', '\4\3\2\1\6\5\8\7\9')::uuid as imodel,
  regexp_replace(substr(encode(decode(translate(left(task_instance, 43), '-_', '+/') || '=', 'base64'), 'hex'), 33),
    '^(..)(..)(..)(..)(..)(..)(..)(..)(.*)$', '\4\3\2\1\6\5\8\7\9')::uuid as connection
from storage_connection_run_execution
where picked = false and execution_time <= now()
order by priority desc, execution_time
limit 1
for update skip locked \gset
update storage_connection_run_execution
set picked = true, picked_by = 'benchmark', last_heartbeat = now(), version = version + 1
where task_name = 'run' and task_instance = :instance;
commit;

-- The run and its task start.
begin;
select * from storage_connection_run
where imodel_id = :imodel and run_id = :run and connection_id = :connection
for update;
select task_id as task, storage_itwin_id as itwin, storage_file_id as file
from storage_connection_run_task
where imodel_id = :imodel and run_id = :run
order by task_index \gset
update storage_connection_run
set state = 'Executing', cancel_requested = false, failure = null, fence = :picked_version + 1, node = 'benchmark', revision = 2, changed_at = now()
where imodel_id = :imodel and run_id = :run and connection_id = :connection;
update storage_connection_run_task
set state = 'Executing', result = 'Undetermined', attempts = 1, begun_at = now()
where imodel_id = :imodel and task_id = :task;
commit;

-- The simulator looks for the file and for scripts.
select * from local_platform_file where itwin_id = :itwin and file_id = :file;
select exists (select 1 from local_platform_itwin where itwin_id = :itwin);
select exists (select 1 from local_platform_deleted_itwin where itwin_id = :itwin);
select * from storage_connection_run_script where name = :file;
select * from storage_connection_run_script where name = 'MSTN';

-- The task and the run end.
begin;
select * from storage_connection_run
where imodel_id = :imodel and run_id = :run and connection_id = :connection
for update;
select * from storage_connection_run_task where imodel_id = :imodel and run_id = :run order by task_index;
update storage_connection_run
set state = 'Completed', cancel_requested = false, failure = null, fence = :picked_version + 1, node = 'benchmark', revision = 3, changed_at = now()
where imodel_id = :imodel and run_id = :run and connection_id = :connection;
update storage_connection_run_task
set state = 'Completed', result = 'Success', attempts = 1, ended_at = now()
where imodel_id = :imodel and task_id = :task;
delete from storage_connection_live_run where imodel_id = :imodel and run_id = :run;
commit;
delete from storage_connection_run_execution where task_name = 'run' and task_instance = :instance and version = :picked_version + 1;

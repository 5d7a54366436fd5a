-- psql script: inserts the number of connections that the variable gives, each with two files in an
-- iModel and an iTwin of its own, so that runs of all of them may be live together.
insert into storage_connection_imodel (imodel_id, itwin_id)
select md5('runnable ' || n)::uuid, md5('itwin ' || n)::uuid from generate_series(1, :connections) n;

insert into storage_connection
  (imodel_id, connection_id, itwin_id, display_name, authentication_type, created_at)
select md5('runnable ' || n)::uuid, md5('connection ' || n)::uuid, md5('itwin ' || n)::uuid, '30', 'User', now()
from generate_series(1, :connections) n;

insert into storage_connection_source_file
  (imodel_id, source_file_id, connection_id, storage_itwin_id, storage_file_id, connector_type, created_at)
select imodel_id, gen_random_uuid(), connection_id, itwin_id, gen_random_uuid(), 'MSTN', created_at
from storage_connection, generate_series(1, :files);

vacuum analyze;

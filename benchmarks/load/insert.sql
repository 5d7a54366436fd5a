-- pgbench script: inserts the rows of one create request, in one statement.
\set imodel random(1, 1000)
with connection as (
  insert into storage_connection
    (imodel_id, connection_id, itwin_id, display_name, authentication_type, created_at, revision)
  values
    (md5(:imodel::text)::uuid, gen_random_uuid(), md5('itwin')::uuid, '30', 'User', now(), 1)
  returning imodel_id, connection_id)
insert into storage_connection_source_file
  (imodel_id, source_file_id, connection_id, storage_itwin_id, storage_file_id, connector_type, created_at, revision)
select imodel_id, gen_random_uuid(), connection_id, md5('itwin')::uuid, gen_random_uuid(), 'MSTN', now(), 1
from connection, generate_series(1, 2);

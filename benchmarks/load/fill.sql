-- psql script: inserts 1,000 iModels, in which the benchmark creates connections, and 10,000 connections to
-- read, ten in each iModel.
insert into storage_connection_imodel (imodel_id, itwin_id)
select md5(n::text)::uuid, md5('itwin')::uuid from generate_series(1, 1000) n;

insert into storage_connection
  (imodel_id, connection_id, itwin_id, display_name, authentication_type, created_at)
select md5((n % 1000 + 1)::text)::uuid, md5('connection ' || n)::uuid, md5('itwin')::uuid, '30', 'User', now()
from generate_series(1, 10000) n;

insert into storage_connection_source_file
  (imodel_id, source_file_id, connection_id, storage_itwin_id, storage_file_id, connector_type, created_at)
select imodel_id, gen_random_uuid(), connection_id, itwin_id, gen_random_uuid(), 'MSTN', created_at
from storage_connection, generate_series(1, 2);

vacuum analyze;

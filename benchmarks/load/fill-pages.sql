-- psql script: inserts the number of connections that the variable gives into one iModel.
insert into storage_connection
  (imodel_id, connection_id, itwin_id, display_name, authentication_type, created_at)
select md5(:'imodel')::uuid, gen_random_uuid(), md5('itwin')::uuid, '30', 'User', now() + n * interval '1 microsecond'
from generate_series(1, :connections) n;

vacuum analyze;

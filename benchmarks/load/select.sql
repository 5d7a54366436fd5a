-- pgbench script: reads the row that a read by id needs.
\set n random(1, 10000)
select imodel_id, connection_id, itwin_id, display_name, authentication_type, created_at, revision
from storage_connection
where imodel_id = md5((:n % 1000 + 1)::text)::uuid and connection_id = md5('connection ' || :n)::uuid;

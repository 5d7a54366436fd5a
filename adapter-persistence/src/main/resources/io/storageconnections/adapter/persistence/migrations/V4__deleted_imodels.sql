-- The name of the Storage file when the file was last mapped; null if it is not known. 255
-- characters, each of which may be two UTF-16 units, which is what some databases count.
alter table storage_connection_source_file add column last_known_file_name varchar(510);

-- The iModels that their owner deleted. Every addition of a connection checks this table in its own
-- transaction. The rows stay, because the id of a deleted iModel is never used again.
create table storage_connection_deleted_imodel (
  imodel_id  uuid                        not null,
  deleted_at timestamp(6) with time zone not null,
  constraint storage_connection_deleted_imodel_pk primary key (imodel_id)
);

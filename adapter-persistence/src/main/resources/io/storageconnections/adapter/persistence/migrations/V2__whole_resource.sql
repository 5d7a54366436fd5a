-- Counts the changes of a row, so that nobody overwrites what they have not seen.
alter table storage_connection add column revision bigint default 1 not null;
alter table storage_connection_source_file add column revision bigint default 1 not null;

-- The connections of an iModel in the order in which they are listed.
create index storage_connection_oldest_first
  on storage_connection (imodel_id, created_at, connection_id);

-- While limits are set, whoever adds to an iModel holds its row here until the end of the transaction.
create table storage_connection_imodel_lock (
  imodel_id uuid not null,
  constraint storage_connection_imodel_lock_pk primary key (imodel_id)
);

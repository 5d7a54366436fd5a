-- The trace of the request that started the run, in the form of the header traceparent of the W3C.
alter table storage_connection_run add column trace_parent varchar(55);

-- What callers have changed. Rows are never updated. No foreign keys: an entry outlives its connection
-- and its run, and for a time its iModel. The primary key has the order of the list.
create table storage_connection_audit (
  imodel_id      uuid                        not null,
  changed_at     timestamp(6) with time zone not null,
  -- Distinguishes entries of the same time.
  entry_id       uuid                        not null,
  -- Null if the change concerns the whole iModel.
  connection_id  uuid,
  run_id         uuid,
  -- The request. 255 characters, each of which may be two UTF-16 units, which some databases count.
  client         varchar(510)                not null,
  subject        varchar(510)                not null,
  correlation_id varchar(510),
  action         varchar(32)                 not null,
  -- JSON objects with the member names of the API; null if there is nothing before or after.
  values_before  text,
  values_after   text,
  constraint storage_connection_audit_pk primary key (imodel_id, changed_at, entry_id)
);

-- The entries of a connection. The latest one is read when the next one is written.
create index storage_connection_audit_of_connection
  on storage_connection_audit (imodel_id, connection_id, changed_at, entry_id);

-- The trace of the request that started the run, in the form of the header traceparent of the W3C.
alter table storage_connection_run add column trace_parent varchar(55);

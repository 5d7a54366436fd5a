-- Every table carries the iModel and every key begins with it: a request concerns one iModel, so
-- that a distributed database may spread the rows by it.

create table storage_connection (
  imodel_id           uuid                        not null,
  connection_id       uuid                        not null,
  itwin_id            uuid                        not null,
  -- 255 characters, each of which may be two UTF-16 units, which is what some databases count.
  display_name        varchar(510),
  authentication_type varchar(16)                 not null,
  created_at          timestamp(6) with time zone not null,
  constraint storage_connection_pk primary key (imodel_id, connection_id)
);

create table storage_connection_source_file (
  imodel_id        uuid                        not null,
  source_file_id   uuid                        not null,
  connection_id    uuid                        not null,
  storage_itwin_id uuid                        not null,
  storage_file_id  uuid                        not null,
  connector_type   varchar(32)                 not null,
  created_at       timestamp(6) with time zone not null,
  constraint storage_connection_source_file_pk primary key (imodel_id, source_file_id),
  constraint storage_connection_source_file_connection_fk
    foreign key (imodel_id, connection_id) references storage_connection (imodel_id, connection_id)
    on delete cascade,
  -- What decides a conflict: a file is mapped to an iModel once, whichever connection asks.
  constraint storage_connection_source_file_mapped_once
    unique (imodel_id, storage_itwin_id, storage_file_id)
);

create index storage_connection_source_file_of_connection
  on storage_connection_source_file (imodel_id, connection_id, created_at, source_file_id);

-- What the open directory remembers of iModels that nobody else tells it about.
create table storage_connection_imodel (
  imodel_id uuid not null,
  itwin_id  uuid not null,
  constraint storage_connection_imodel_pk primary key (imodel_id)
);

-- The root folder of an iTwin has no row: its id is that of the iTwin.
create table local_platform_folder (
  itwin_id     uuid                        not null,
  folder_id    uuid                        not null,
  -- The id of the iTwin, if the folder is in the root folder.
  parent_id    uuid                        not null,
  -- true from the moment on at which a deletion begins: the folder, and everything below it, then
  -- exists for no caller.
  is_deleting  boolean                     not null,
  display_name varchar(510)                not null,
  description  varchar(2000),
  created_by   varchar(510)                not null,
  created_at   timestamp(6) with time zone not null,
  modified_by  varchar(510)                not null,
  modified_at  timestamp(6) with time zone not null,
  constraint local_platform_folder_pk primary key (itwin_id, folder_id)
);

create index local_platform_folder_of_parent
  on local_platform_folder (itwin_id, parent_id, is_deleting, created_at, folder_id);

create index local_platform_folder_deleting on local_platform_folder (is_deleting, itwin_id);

create table local_platform_file (
  itwin_id       uuid                        not null,
  file_id        uuid                        not null,
  folder_id      uuid                        not null,
  -- A file exists for callers from its completion on.
  is_complete    boolean                     not null,
  display_name   varchar(510)                not null,
  description    varchar(2000),
  -- The current version of the content; null before the first upload.
  content_id     uuid,
  content_size   bigint,
  content_sha256 varchar(64),
  created_by     varchar(510)                not null,
  created_at     timestamp(6) with time zone not null,
  modified_by    varchar(510)                not null,
  modified_at    timestamp(6) with time zone not null,
  constraint local_platform_file_pk primary key (itwin_id, file_id)
);

create index local_platform_file_of_folder
  on local_platform_file (itwin_id, folder_id, is_complete, created_at, file_id);

create index local_platform_file_incomplete on local_platform_file (is_complete, created_at);

-- An upload URL that the server has given out.
create table local_platform_upload (
  upload_id  uuid                        not null,
  itwin_id   uuid                        not null,
  file_id    uuid                        not null,
  created_by varchar(510)                not null,
  created_at timestamp(6) with time zone not null,
  constraint local_platform_upload_pk primary key (upload_id)
);

create index local_platform_upload_by_age on local_platform_upload (created_at);

-- Every file of the blob folder has a row, which is committed before the file is created and
-- deleted after the file. The row decides whether an upload ends before the file is removed.
create table local_platform_blob (
  blob_id    uuid                        not null,
  -- 'writing', 'current' (the content of a file), 'unused', or 'deleting'
  state      varchar(16)                 not null,
  -- The time at which the blob got this state.
  state_at   timestamp(6) with time zone not null,
  -- Null while the blob is written.
  size_bytes bigint,
  sha256     varchar(64),
  constraint local_platform_blob_pk primary key (blob_id)
);

create index local_platform_blob_by_state on local_platform_blob (state, state_at);

-- One row: the key that signs the URLs of contents, and the id that the blob folder also has, so
-- that a node notices a blob folder of another database.
create table local_platform_blob_folder (
  row_id    smallint    not null,
  folder_id uuid        not null,
  url_key   varchar(64) not null,
  constraint local_platform_blob_folder_pk primary key (row_id)
);

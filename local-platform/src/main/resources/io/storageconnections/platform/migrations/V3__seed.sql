-- One row, if a seed filled the empty database. The blobs of the seed's contents have the state
-- 'kept' in local_platform_blob: they stay when a file of the seed is deleted or gets another
-- content, because a return to the seed needs them.
create table local_platform_seed (
  row_id     smallint                    not null,
  -- A hash of the seed and of the files that it names.
  digest     varchar(64)                 not null,
  -- The time of the first object of the seed.
  created_at timestamp(6) with time zone not null,
  constraint local_platform_seed_pk primary key (row_id)
);

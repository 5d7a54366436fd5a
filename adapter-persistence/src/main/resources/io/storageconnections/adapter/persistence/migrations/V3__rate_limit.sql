-- How many requests of a partition the nodes have taken in its current window, on databases that
-- several nodes share. No iModel here: requests are counted by who makes them, before anybody has
-- read which iModel they are about. A distributed database may spread the rows by their own key.
-- Nothing else is indexed, so that taking some more rewrites no index.
create table storage_connection_rate_limit (
  partition_id uuid                        not null,
  -- Including what was not granted: whatever exceeds the limit was not.
  wanted       bigint                      not null,
  ends_at      timestamp(6) with time zone not null,
  constraint storage_connection_rate_limit_pk primary key (partition_id)
);

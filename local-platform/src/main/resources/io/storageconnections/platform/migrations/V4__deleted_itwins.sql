-- The id of each iTwin whose deletion has ended, so that a platform that accepts unknown ids does
-- not accept the files of a deleted iTwin.
create table local_platform_deleted_itwin (
  itwin_id uuid not null,
  constraint local_platform_deleted_itwin_pk primary key (itwin_id)
);

create table local_platform_itwin (
  itwin_id             uuid                        not null,
  -- true from the moment on at which a deletion begins: the iTwin then exists for no caller.
  is_deleting          boolean                     not null,
  itwin_class          varchar(32)                 not null,
  sub_class            varchar(32)                 not null,
  -- 255 characters, each of which may be two UTF-16 units, which is what some databases count.
  display_name         varchar(510)                not null,
  -- Null only while the iTwin is deleted, so that its number is free at once.
  number               varchar(510),
  type                 varchar(510),
  geographic_location  varchar(510),
  iana_time_zone       varchar(510),
  data_center_location varchar(510),
  status               varchar(32)                 not null,
  parent_id            uuid,
  created_by           varchar(510)                not null,
  created_at           timestamp(6) with time zone not null,
  modified_by          varchar(510)                not null,
  modified_at          timestamp(6) with time zone not null,
  constraint local_platform_itwin_pk primary key (itwin_id),
  -- Decides a conflict: a number is unique among the iTwins of a subclass that one caller created,
  -- so that a conflict tells a caller nothing of the iTwins of others.
  constraint local_platform_itwin_number unique (created_by, sub_class, number)
);

create index local_platform_itwin_by_age on local_platform_itwin (created_at, itwin_id);

create table local_platform_member (
  itwin_id uuid                        not null,
  subject  varchar(510)                not null,
  role     varchar(16)                 not null,
  added_at timestamp(6) with time zone not null,
  constraint local_platform_member_pk primary key (itwin_id, subject),
  constraint local_platform_member_itwin_fk
    foreign key (itwin_id) references local_platform_itwin (itwin_id)
);

create index local_platform_member_by_subject on local_platform_member (subject, itwin_id);

-- Has no foreign key: the row of a deleted iModel stays when its iTwin goes, so that a directory
-- that accepts unknown ids does not accept the id of a deleted iModel.
create table local_platform_imodel (
  imodel_id      uuid                        not null,
  itwin_id       uuid                        not null,
  state          varchar(16)                 not null,
  -- Null unless the state is 'active', so that the name of a deleted iModel is free at once.
  name           varchar(510),
  description    varchar(510),
  south          double precision,
  west           double precision,
  north          double precision,
  east           double precision,
  created_by     varchar(510)                not null,
  created_at     timestamp(6) with time zone not null,
  -- The time at which the state became 'deleted'; null before.
  deleted_at     timestamp(6) with time zone,
  constraint local_platform_imodel_pk primary key (imodel_id),
  -- Decides a conflict: a name is unique among the iModels of an iTwin.
  constraint local_platform_imodel_name unique (itwin_id, name)
);

create index local_platform_imodel_of_itwin
  on local_platform_imodel (itwin_id, state, created_at, imodel_id);

create index local_platform_imodel_by_state on local_platform_imodel (state, deleted_at);

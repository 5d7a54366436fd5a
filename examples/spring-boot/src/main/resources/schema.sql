create table project_log (project varchar(50) not null, entry varchar(1000) not null);

create table project_connection (
  project varchar(50) not null,
  name varchar(255) not null,
  id char(43) not null unique,
  primary key (project, name)
);

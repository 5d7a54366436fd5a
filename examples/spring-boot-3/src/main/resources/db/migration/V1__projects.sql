create table project (imodel_id char(36) not null primary key, name varchar(50) not null);

create table project (name varchar(100) primary key, imodel_id uuid not null);

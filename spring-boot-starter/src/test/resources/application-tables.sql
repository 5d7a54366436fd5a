create table project (name varchar(50) primary key);

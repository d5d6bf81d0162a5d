select 1 where false;
select 1 where false;
select 1 where false;
select 1 where false;

-- In which currency somebody is shown what things cost, beside the prices' own. Nothing: the marketplace's.
alter table members add column currency text;

-- Whether there ever was a ticket under a key, open or not: a limit is told of once.
create index tickets_by_key on tickets (key);

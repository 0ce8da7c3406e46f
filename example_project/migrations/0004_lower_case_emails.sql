-- varve: description Emails are kept in lower case
-- varve: irreversible
-- How they were written before is not kept anywhere.
UPDATE customers SET email = lower(email);

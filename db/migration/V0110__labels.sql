-- What callers write on their calls to attribute what they spend, as {"customer": "acme"}; a nested call has its root's.
ALTER TABLE charge ADD COLUMN labels jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(labels) = 'object');
ALTER TABLE call_log ADD COLUMN labels jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(labels) = 'object');

-- What a sample's run wrote to stdout and stderr, and where it failed: for the draft's owner, whose own run it is.
ALTER TABLE draft_sample
    ADD COLUMN log        text NOT NULL DEFAULT '',
    ADD COLUMN stacktrace text NOT NULL DEFAULT '';

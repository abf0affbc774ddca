-- When somebody reported that a key had leaked; it was revoked with that.
ALTER TABLE api_key ADD COLUMN leaked_at timestamptz;

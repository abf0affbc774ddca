-- Publishers whom an administrator knows: their code may keep one worker for all callers.
ALTER TABLE owner ADD COLUMN verified_at timestamptz;

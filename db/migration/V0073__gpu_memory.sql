-- What one worker of a version takes of a GPU's memory; 0 where it computes on the processors.
ALTER TABLE version ADD COLUMN gpu_memory_bytes bigint NOT NULL DEFAULT 0 CHECK (gpu_memory_bytes >= 0);

-- For Orleans' ADO.NET reminders, over the same rows as the embedded engine's: times are kept as whole milliseconds.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('UpsertReminderRowKey', $q$
WITH next AS (
    INSERT INTO reminder_version (service_id, version) VALUES (@ServiceId, 1)
    ON CONFLICT (service_id) DO UPDATE SET version = reminder_version.version + 1
    RETURNING version
)
INSERT INTO reminder (service_id, grain_id, name, grain_hash, start_at, period_ms, version)
SELECT @ServiceId, @GrainId, @ReminderName, @GrainHash, (extract(epoch FROM @StartTime) * 1000)::bigint, @Period, version FROM next
ON CONFLICT (service_id, grain_id, name) DO UPDATE
SET grain_hash = excluded.grain_hash, start_at = excluded.start_at, period_ms = excluded.period_ms, version = excluded.version
RETURNING version AS Version
$q$),

('ReadReminderRowsKey', $q$
SELECT grain_id AS GrainId, name AS ReminderName, to_timestamp(start_at / 1000.0) AS StartTime, period_ms AS Period, version AS Version
FROM reminder
WHERE service_id = @ServiceId AND grain_id = @GrainId
$q$),

('ReadReminderRowKey', $q$
SELECT grain_id AS GrainId, name AS ReminderName, to_timestamp(start_at / 1000.0) AS StartTime, period_ms AS Period, version AS Version
FROM reminder
WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName
$q$),

('ReadRangeRows1Key', $q$
SELECT grain_id AS GrainId, name AS ReminderName, to_timestamp(start_at / 1000.0) AS StartTime, period_ms AS Period, version AS Version
FROM reminder
WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$q$),

('ReadRangeRows2Key', $q$
SELECT grain_id AS GrainId, name AS ReminderName, to_timestamp(start_at / 1000.0) AS StartTime, period_ms AS Period, version AS Version
FROM reminder
WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$q$),

('DeleteReminderRowKey', $q$
WITH removed AS (
    DELETE FROM reminder
    WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version
    RETURNING 1
)
SELECT EXISTS (SELECT 1 FROM removed)
$q$),

('DeleteReminderRowsKey', $q$
DELETE FROM reminder WHERE service_id = @ServiceId
$q$);

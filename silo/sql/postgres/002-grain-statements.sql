-- What each statement takes and returns is fixed by the contract of Orleans' ADO.NET persistence: the payload as bytes, no version for a
-- record never seen, the new version as the answer and NULL for a conflict. The hashes the provider also sends are not needed.
-- The key is compared with = and not with IS NOT DISTINCT FROM, which no index serves.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey', $q$
SELECT convert_to(PayloadJson::text, 'UTF8') AS PayloadBinary, Version
FROM OrleansStorage
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND (GrainIdExtensionString = @GrainIdExtensionString OR @GrainIdExtensionString IS NULL AND GrainIdExtensionString IS NULL)
$q$),

-- Without a version it is a first write, which the unique index lets only one writer do; with one it is a replacement of exactly that version.
('WriteToStorageKey', $q$
WITH inserted AS (
    INSERT INTO OrleansStorage (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, Version, ModifiedOn, PayloadJson)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, @GrainIdExtensionString, 1,
           (extract(epoch FROM clock_timestamp()) * 1000)::bigint, convert_from(@PayloadBinary, 'UTF8')::json
    WHERE @GrainStateVersion::integer IS NULL
    ON CONFLICT DO NOTHING
    RETURNING Version
), replaced AS (
    UPDATE OrleansStorage
    SET Version = Version + 1, ModifiedOn = (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
        PayloadJson = convert_from(@PayloadBinary, 'UTF8')::json
    WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
      AND (GrainIdExtensionString = @GrainIdExtensionString OR @GrainIdExtensionString IS NULL AND GrainIdExtensionString IS NULL)
      AND Version = @GrainStateVersion::integer
    RETURNING Version
)
SELECT COALESCE((SELECT Version FROM inserted), (SELECT Version FROM replaced)) AS NewGrainStateVersion
$q$),

-- The row stays, without a payload: its version must not begin again at 1 under a writer that still remembers it.
('ClearStorageKey', $q$
UPDATE OrleansStorage
SET Version = Version + 1, ModifiedOn = (extract(epoch FROM clock_timestamp()) * 1000)::bigint, PayloadJson = NULL
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND (GrainIdExtensionString = @GrainIdExtensionString OR @GrainIdExtensionString IS NULL AND GrainIdExtensionString IS NULL)
  AND Version = @GrainStateVersion::integer
RETURNING Version AS NewGrainStateVersion
$q$);

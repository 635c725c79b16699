-- What each statement takes and returns is fixed by the contract of Orleans' ADO.NET persistence: the payload as bytes, no version for a
-- record never seen, the new version as the answer and NULL (or no row) for a conflict.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey', '
SELECT CAST(PayloadJson AS BLOB) AS PayloadBinary, Version
FROM OrleansStorage
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND COALESCE(GrainIdExtensionString, '''') = COALESCE(@GrainIdExtensionString, '''')'),

-- Without a version it is a first write, which the unique index lets only one writer do; with one it is a replacement of exactly that version.
-- Of the two statements at most one touches a row.
('WriteToStorageKey', '
INSERT INTO OrleansStorage (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, Version, ModifiedOn, PayloadJson)
SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, @GrainIdExtensionString, 1,
       CAST(unixepoch(''subsec'') * 1000 AS INTEGER), CAST(@PayloadBinary AS TEXT)
WHERE @GrainStateVersion IS NULL
ON CONFLICT DO NOTHING
RETURNING Version AS NewGrainStateVersion;

UPDATE OrleansStorage
SET Version = Version + 1, ModifiedOn = CAST(unixepoch(''subsec'') * 1000 AS INTEGER), PayloadJson = CAST(@PayloadBinary AS TEXT)
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND COALESCE(GrainIdExtensionString, '''') = COALESCE(@GrainIdExtensionString, '''')
  AND Version = @GrainStateVersion
RETURNING Version AS NewGrainStateVersion'),

-- The row stays, without a payload: its version must not begin again at 1 under a writer that still remembers it.
('ClearStorageKey', '
UPDATE OrleansStorage
SET Version = Version + 1, ModifiedOn = CAST(unixepoch(''subsec'') * 1000 AS INTEGER), PayloadJson = NULL
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND COALESCE(GrainIdExtensionString, '''') = COALESCE(@GrainIdExtensionString, '''')
  AND Version = @GrainStateVersion
RETURNING Version AS NewGrainStateVersion');

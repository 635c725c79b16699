namespace Dispatch.Domain;

public readonly record struct JobId(string Value);
public readonly record struct TechnicianId(string Value);
public readonly record struct ZoneId(string Value);
public readonly record struct DepotId(string Value);

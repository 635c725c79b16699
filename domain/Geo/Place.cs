using System.Text.Json.Serialization;

namespace Dispatch.Domain.Geo;

/// <summary>A point in WGS-84 degrees: longitude −180…180, latitude −90…90. Degrees are never arithmetic; see the metrics of this folder.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.place")]
public readonly record struct Place([property: Id(0)] double Lon, [property: Id(1)] double Lat)
{
    /// <summary>Whether both coordinates are finite and in range.</summary>
    [JsonIgnore]
    public bool IsValid => Lon is >= -180 and <= 180 && Lat is >= -90 and <= 90;
}

namespace Dispatch.Domain.Offers;

/// <summary>Whose prices hold for a customer.</summary>
/// <param name="Segment">Code of a segment of the price book.</param>
/// <param name="Contract">Code of a contract of that segment, or null.</param>
/// <param name="ContractVisits">Visits of this year under the contract.</param>
[GenerateSerializer, Immutable, Alias("dispatch.tariff")]
public sealed record Tariff([property: Id(0)] string Segment, [property: Id(1)] string? Contract, [property: Id(2)] int ContractVisits)
{
    /// <summary>Of whoever has said nothing.</summary>
    public static Tariff Consumer { get; } = new("consumer", null, 0);
}

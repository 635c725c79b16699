using Dispatch.Api.Input;
using Dispatch.Domain.Offers;

namespace Dispatch.Api.Offers;

/// <summary>Whose prices a request asks for. Prices of others are for staff to ask.</summary>
internal static class TariffInput
{
    public static void Validate(Check check, string? segment, string? contract, int? contractVisits)
    {
        if (segment is not null)
            check.Code(segment, "segment");
        if (contract is not null)
            check.Code(contract, "contract");
        check.RangeIfGiven((long?)contractVisits, "contractVisits", 0, 100_000);
    }

    /// <summary>Null if the request says nothing of it.</summary>
    public static Tariff? Of(string? segment, string? contract, int? contractVisits) =>
        segment is null && contract is null && contractVisits is null ? null : new Tariff(segment ?? Tariff.Consumer.Segment, contract, contractVisits ?? 0);
}

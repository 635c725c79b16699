using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Offers;

/// <summary>Figures of promises that no ledger has. All of them are settings.</summary>
public sealed record OfferRules
{
    /// <summary>How soon a consultation over the line is answered. Default 5 min, as the trade promises.</summary>
    public TimeSpan RemoteAnswer { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an exchange takes once customer and unit are in one place. Default 20 min.</summary>
    public TimeSpan SwapTakes { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How long somebody looks at a device whose fault nobody knows. Default 30 min.</summary>
    public TimeSpan LookTakes { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A visit that is booked without a window begins this long after the time it was offered for at the latest. Default 1 h.</summary>
    public TimeSpan VisitWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A promise later by no more than this than the one the customer saw is the same. Default 30 min.</summary>
    public TimeSpan PromiseSlack { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>Units to be given for others lie in stock like parts, under a code that follows from the model.</summary>
public static class ExchangeUnits
{
    private const string Prefix = "unit:";

    /// <summary>For example <c>unit:huawei:p60-pro</c>: lower case, what is no letter or digit as a hyphen.</summary>
    public static string PartCode(string brand, string model) => $"{Prefix}{Plain(brand)}:{Plain(model)}";

    public static bool IsUnit(string part) => part.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What bringing a unit to the door takes.</summary>
    public static ServiceNeeds Needs(string brand, string model, OfferRules rules) => ServiceNeeds.Of([], [], [new PartQuantity(PartCode(brand, model), 1)], rules.SwapTakes);

    private static string Plain(string text) => string.Concat(text.Trim().ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}

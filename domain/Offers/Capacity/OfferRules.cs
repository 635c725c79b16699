using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Offers;

/// <summary>Figures of promises that no ledger has. All of them are settings.</summary>
public sealed record OfferRules
{
    /// <summary>How soon a consultation over the line is answered. Default 5 min, as the trade promises.</summary>
    public TimeSpan RemoteAnswer { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an exchange takes once customer and unit are in one place. Default 20 min.</summary>
    public TimeSpan SwapTakes { get; init; } = TimeSpan.FromMinutes(20);
}

/// <summary>Units to be given for others lie in stock like parts, under a code that follows from the model.</summary>
public static class ExchangeUnits
{
    /// <summary>For example <c>unit:huawei:p60-pro</c>: lower case, what is no letter or digit as a hyphen.</summary>
    public static string PartCode(string brand, string model) => $"unit:{Plain(brand)}:{Plain(model)}";

    /// <summary>What bringing a unit to the door takes.</summary>
    public static ServiceNeeds Needs(string brand, string model, OfferRules rules) => ServiceNeeds.Of([], [], [new PartQuantity(PartCode(brand, model), 1)], rules.SwapTakes);

    private static string Plain(string text) => string.Concat(text.Trim().ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}

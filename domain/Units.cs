namespace Dispatch.Domain;

/// <summary>An amount in the minor unit of a currency (fen, cents), never a fraction.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.money")]
public readonly record struct Money([property: Id(0)] long Minor, [property: Id(1)] string Currency)
{
    /// <summary>Digits after the point by ISO 4217: two, but for the currencies that have no or finer minor units.</summary>
    private int Digits => Currency switch { "JPY" or "KRW" or "VND" or "CLP" or "ISK" => 0, "BHD" or "KWD" or "OMR" or "TND" or "JOD" => 3, _ => 2 };

    /// <summary>Figure and code, alike in every language: <c>799.00 CNY</c>.</summary>
    public override string ToString() => $"{(Minor / (decimal)Math.Pow(10, Digits)).ToString($"F{Digits}", System.Globalization.CultureInfo.InvariantCulture)} {Currency}";
}

/// <summary>When work may begin: not before <see cref="From"/>, not after <see cref="To"/>; both ends are allowed.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.timeWindow")]
public readonly record struct TimeWindow([property: Id(0)] DateTimeOffset From, [property: Id(1)] DateTimeOffset To);

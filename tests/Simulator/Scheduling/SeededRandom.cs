namespace Dispatch.Simulator;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers for a seed in every process and release.</summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to below the bound, which is positive. The bias of the multiplication is below 2⁻³².</summary>
    public int Next(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>True at the given rate, 0 to 1; draws no number when it is 0, so that unused faults change nothing.</summary>
    public bool Chance(double rate) => rate > 0 && (Next() >> 11) * (1.0 / (1UL << 53)) < rate;

    /// <summary>From zero to the longest, inclusive, in whole milliseconds.</summary>
    public TimeSpan UpTo(TimeSpan longest) =>
        longest <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Next((int)longest.TotalMilliseconds + 1));
}

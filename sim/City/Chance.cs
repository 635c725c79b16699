namespace Dispatch.Sim.City;

/// <summary>Chance that follows from one number and what it is for: the same question gets the same answer in every run and on every machine, whatever was asked before.</summary>
public static class Chance
{
    /// <summary>FNV-1a over the parts, mixed so that neighbouring numbers go far apart.</summary>
    public static ulong Hash(int seed, params ReadOnlySpan<object> parts)
    {
        ulong hash = 14695981039346656037UL ^ (uint)seed;
        foreach (object part in parts)
        {
            foreach (char c in Convert.ToString(part, System.Globalization.CultureInfo.InvariantCulture)!)
                hash = (hash ^ c) * 1099511628211UL;
            hash = (hash ^ '|') * 1099511628211UL;
        }
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }

    public static Random Of(int seed, params ReadOnlySpan<object> parts) => new((int)(Hash(seed, parts) >> 33));

    /// <summary>From 0 (inclusive) to 1 (exclusive).</summary>
    public static double Share(int seed, params ReadOnlySpan<object> parts) => (Hash(seed, parts) >> 11) * (1.0 / (1UL << 53));

    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}

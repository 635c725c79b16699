using System.Collections.Concurrent;

namespace Engine.Conformance;

/// <summary>What grains did, by grain key, in order: the test reads it from outside.</summary>
public static class Journal
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Lines = new();

    public static void Add(string key, string line) => Lines.GetOrAdd(key, static _ => new()).Enqueue(line);

    public static string[] Of(string key) => Lines.TryGetValue(key, out var lines) ? [.. lines] : [];
}

namespace Dispatch.Grains.Zones;

/// <summary>Remembers the newest entries, at most so many; the oldest key is forgotten first.</summary>
internal sealed class BoundedMemory<TKey, TValue>(int most) where TKey : notnull where TValue : class
{
    private readonly Dictionary<TKey, TValue> values = [];
    private readonly Queue<TKey> order = [];

    public TValue? Find(TKey key) => values.GetValueOrDefault(key);

    public void Put(TKey key, TValue value)
    {
        if (values.TryAdd(key, value))
            order.Enqueue(key);
        else
            values[key] = value;
        while (order.Count > most)
            values.Remove(order.Dequeue());
    }
}

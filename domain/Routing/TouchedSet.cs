namespace Dispatch.Domain.Routing;

/// <summary>A set of small integers that lists its members in the order they came and empties in the time they take.</summary>
internal sealed class TouchedSet(int size)
{
    private readonly bool[] isIn = new bool[size];
    private readonly int[] items = new int[size];
    private int count;

    public ReadOnlySpan<int> Items => items.AsSpan(0, count);

    public bool Contains(int item) => isIn[item];

    public void Add(int item)
    {
        if (!isIn[item])
        {
            isIn[item] = true;
            items[count++] = item;
        }
    }

    public void Clear()
    {
        foreach (var item in Items)
        {
            isIn[item] = false;
        }

        count = 0;
    }
}

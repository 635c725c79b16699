namespace Dispatch.Domain.Matching.Batch;

/// <summary>
/// Who bids when, before paths are searched: whoever is displaced goes next where something became dearer, and in the next round where nothing did, because two rows could throw
/// each other out for ever. Rounds and bids are limited: a war over a few columns costs more than the paths that settle it.
/// </summary>
internal static class Bidding
{
    public const int Nobody = -1;
    private const int Rounds = 4;
    private const int BidsPerRow = 8;

    /// <param name="bid">Lets one row bid: who is displaced, and whether by a higher price.</param>
    public static void Run(int rows, Func<int, (int Displaced, bool Dearer)> bid)
    {
        int[] waiting = [.. Enumerable.Range(0, rows)];
        int count = rows;
        for (int round = 0; round < Rounds && count > 0; round++)
        {
            int again = 0, bids = BidsPerRow * rows;
            for (int k = 0; k < count; k++)
            {
                int row = waiting[k];
                bool dearer = true;
                while (row >= 0 && dearer && bids-- > 0)
                    (row, dearer) = bid(row);
                // Never further than what is read: each row that begins leaves one over at most.
                if (row >= 0)
                    waiting[again++] = row;
            }

            count = again;
        }
    }
}

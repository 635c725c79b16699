namespace Dispatch.Domain.Routing;

/// <summary>The cheapest way found to put one job into one route.</summary>
/// <param name="Delta">What it adds to the route's cost; <see cref="long.MaxValue"/> where there is no way.</param>
/// <param name="Node">Which alternative of the job.</param>
/// <param name="At">Position of the job in the route as it is, before any depot call of this insertion is counted.</param>
/// <param name="Depot">Depot to call at, new or moved; −1 to leave the route's depot call, if any, as it is.</param>
/// <param name="DepotAt">Position of that call, counted in the route without its present call; the job follows it.</param>
internal readonly record struct Insertion(long Delta, int Node, int At, int Depot, int DepotAt)
{
    public static Insertion None => new(long.MaxValue, -1, 0, -1, 0);

    public bool Exists => Node >= 0;
}

namespace Dispatch.Domain.Geo.Nearest;

/// <summary>
/// Square cells over an area. What lies outside belongs to the cell at the border next to it, so that nothing is lost; only slower found.
/// </summary>
internal sealed class NearestGrid
{
    // Whether a point on an edge is in one cell or the next is a matter of the last bit.
    private const double EdgeMetres = 1e-3;

    private readonly PlanePoint corner;
    private readonly double cell;

    /// <param name="southWest">Corner of the area.</param>
    /// <param name="northEast">The opposite one.</param>
    /// <param name="cell">Metres of a cell's side.</param>
    public NearestGrid(PlanePoint southWest, PlanePoint northEast, double cell)
    {
        corner = southWest;
        this.cell = cell;
        Columns = Math.Max(1, (int)Math.Ceiling((northEast.East - southWest.East) / cell));
        Rows = Math.Max(1, (int)Math.Ceiling((northEast.North - southWest.North) / cell));
    }

    public int Columns { get; }

    public int Rows { get; }

    public int ColumnOf(PlanePoint point) => (int)Math.Clamp((point.East - corner.East) / cell, 0, Columns - 1);

    public int RowOf(PlanePoint point) => (int)Math.Clamp((point.North - corner.North) / cell, 0, Rows - 1);

    public int CellOf(PlanePoint point) => (RowOf(point) * Columns) + ColumnOf(point);

    /// <summary>
    /// Metres from a point to the nearest that is not within so many rings of cells around its own; infinite where these are all there are.
    /// A side at which the cells reach the border has nothing beyond it.
    /// </summary>
    public double Beyond(PlanePoint point, int rings)
    {
        (int column, int row) = (ColumnOf(point), RowOf(point));
        double west = column - rings <= 0 ? double.PositiveInfinity : point.East - (corner.East + ((column - rings) * cell));
        double east = column + rings >= Columns - 1 ? double.PositiveInfinity : corner.East + ((column + rings + 1) * cell) - point.East;
        double south = row - rings <= 0 ? double.PositiveInfinity : point.North - (corner.North + ((row - rings) * cell));
        double north = row + rings >= Rows - 1 ? double.PositiveInfinity : corner.North + ((row + rings + 1) * cell) - point.North;
        return Math.Max(0, Math.Min(Math.Min(west, east), Math.Min(south, north)) - EdgeMetres);
    }

    /// <summary>Square of the metres from a point to the nearest place of a cell; never more, for cells at the border have no far side.</summary>
    public double SquareTo(PlanePoint point, int column, int row)
    {
        double east = Gap(point.East - corner.East, ColumnOf(point), column), north = Gap(point.North - corner.North, RowOf(point), row);
        return (east * east) + (north * north);
    }

    private double Gap(double from, int own, int other) => other == own
        ? 0
        : Math.Max(0, (other > own ? (other * cell) - from : from - ((other + 1) * cell)) - EdgeMetres);
}

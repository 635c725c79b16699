namespace Dispatch.Domain.Geo.Nearest;

/// <summary>
/// Where technicians are and what they can, kept so that the nearest with given skills are found without looking at the others, while positions keep
/// changing.
/// </summary>
/// <remarks>
/// Any number of threads may ask while others write; writers wait for each other, readers for nobody. A technician who does not change during a
/// question is found exactly. One who moves within a cell meanwhile is seen at the old place or the new one; one who changes cells
/// may be seen at either or missed by that one question. Nobody is found twice, and nobody at a place where he never was. A question allocates nothing.
/// </remarks>
public sealed class NearestIndex
{
    private const double TechniciansPerCell = 24;
    private const int MostCells = 4_000_000;

    private readonly Lock gate = new();
    private readonly NearestGrid grid;
    private readonly NearestCell?[] cells;
    private int[] cellOf = [];
    private int[] positionOf = [];
    private int count;

    /// <param name="southWest">Corner of the area in which most of them are; outside it works too, slower.</param>
    /// <param name="northEast">The opposite corner.</param>
    /// <param name="technicians">About how many are expected.</param>
    /// <exception cref="ArgumentOutOfRangeException">The area has no extent, or nobody is expected.</exception>
    public NearestIndex(PlanePoint southWest, PlanePoint northEast, int technicians)
    {
        double area = (northEast.East - southWest.East) * (northEast.North - southWest.North);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(northEast.East - southWest.East);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(area);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(technicians);
        double wanted = Math.Clamp(technicians / TechniciansPerCell, 1, MostCells);
        grid = new NearestGrid(southWest, northEast, Math.Sqrt(area / wanted));
        cells = new NearestCell?[grid.Columns * grid.Rows];
    }

    /// <summary>Technicians in it.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Takes a technician in, or changes where he is and what he can.</summary>
    /// <param name="technician">A number from 0 on; memory grows with the highest.</param>
    /// <param name="at">Where he is; both coordinates finite.</param>
    /// <param name="skills">A bit per skill.</param>
    public void Put(int technician, PlanePoint at, ulong skills)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(technician);
        if (!double.IsFinite(at.East) || !double.IsFinite(at.North))
            throw new ArgumentOutOfRangeException(nameof(at), at, "A place has finite coordinates.");
        lock (gate)
        {
            MakeRoom(technician);
            int from = cellOf[technician], to = grid.CellOf(at);
            if (from == to)
            {
                cells[from]!.Update(positionOf[technician], at, skills);
                return;
            }

            // First there, then no longer here: a question in between finds him at either, and knows him when it meets him again.
            NearestCell target = cells[to] ?? NewCell(to);
            int old = positionOf[technician];
            positionOf[technician] = target.Add(technician, at, skills);
            cellOf[technician] = to;
            if (from >= 0)
                Leave(from, old);
            else
                Volatile.Write(ref count, count + 1);
        }
    }

    /// <summary>Takes a technician out; false where he was not in it.</summary>
    public bool Remove(int technician)
    {
        lock (gate)
        {
            if (technician < 0 || technician >= cellOf.Length || cellOf[technician] < 0)
                return false;
            Leave(cellOf[technician], positionOf[technician]);
            cellOf[technician] = -1;
            Volatile.Write(ref count, count - 1);
            return true;
        }
    }

    /// <summary>
    /// The nearest technicians who have all of the skills, nearest first, of equally near ones the lower number first. Fewer than asked for only where
    /// there are no more.
    /// </summary>
    /// <param name="from">Where from.</param>
    /// <param name="skills">Skills each must have; 0 for anybody.</param>
    /// <param name="found">As long as many are wanted; filled from the start.</param>
    /// <returns>How many were found.</returns>
    public int Find(PlanePoint from, ulong skills, Span<Neighbour> found)
    {
        NearestList list = new(found);
        if (found.IsEmpty)
            return 0;
        (int column, int row) = (grid.ColumnOf(from), grid.RowOf(from));
        int furthest = Math.Max(Math.Max(column, grid.Columns - 1 - column), Math.Max(row, grid.Rows - 1 - row));
        for (int ring = 0; ring <= furthest; ring++)
        {
            for (int x = Math.Max(0, column - ring); x <= Math.Min(grid.Columns - 1, column + ring); x++)
            {
                bool side = Math.Abs(x - column) == ring;
                // On the two sides of the ring every cell, else its top and bottom.
                for (int y = row - ring; y <= row + ring; y += side || ring == 0 ? 1 : 2 * ring)
                    Search(x, y, from, skills, ref list);
            }

            double beyond = grid.Beyond(from, ring);
            if (beyond * beyond > list.Reach)
                break;
        }

        return list.Count;
    }

    private void Search(int column, int row, PlanePoint from, ulong skills, ref NearestList list)
    {
        if (row >= 0 && row < grid.Rows && (!list.IsFull || grid.SquareTo(from, column, row) <= list.Reach)
            && Volatile.Read(ref cells[(row * grid.Columns) + column]) is { } cell && (cell.Skills & skills) == skills)
            cell.Search(from, skills, ref list);
    }

    private void Leave(int cell, int position)
    {
        int moved = cells[cell]!.Remove(position);
        if (moved >= 0)
            positionOf[moved] = position;
    }

    private NearestCell NewCell(int index)
    {
        NearestCell cell = new();
        Volatile.Write(ref cells[index], cell);
        return cell;
    }

    private void MakeRoom(int technician)
    {
        int length = cellOf.Length;
        if (technician < length)
            return;
        Array.Resize(ref cellOf, Math.Max(technician + 1, length * 2));
        Array.Resize(ref positionOf, cellOf.Length);
        cellOf.AsSpan(length).Fill(-1);
    }
}

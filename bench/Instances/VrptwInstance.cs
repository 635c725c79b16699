namespace Dispatch.Instances;

/// <summary>A vehicle routing instance with time windows in Solomon's text format; customer 0 is the depot.</summary>
/// <param name="File">Name of the file, for what is wrong with it.</param>
public sealed record VrptwInstance(string Name, string File, int Vehicles, int Capacity, IReadOnlyList<VrptwCustomer> Customers)
{
    private const int Columns = 7;

    /// <param name="path">Names the instance and the file; nothing is read from it.</param>
    /// <exception cref="InstanceFileException">The text is not of this format, or a number is outside <see
    /// cref="InstanceRanges"/>.</exception>
    public static VrptwInstance Parse(string path, string text)
    {
        string file = Path.GetFileName(path);
        Queue<FileLine> lines = new(FileLine.Of(path, text));
        // A title may be a number, as long as it stands alone.
        if (lines.TryPeek(out FileLine? title) && title.Cells.Count == 1)
            lines.Dequeue();
        FileLine fleet =
            AfterHeadings(lines)
            ?? throw new InstanceFileException(file, 0, "There is no line with the number of vehicles and their capacity.");
        if (fleet.Cells.Count != 2)
            throw fleet.Wrong("The first line of numbers has to be the number of vehicles and their capacity.");
        int vehicles = fleet.Whole(fleet.Cells[0], "The number of vehicles", 1, InstanceRanges.Vehicles),
            capacity = fleet.Whole(fleet.Cells[1], "The capacity", 1, InstanceRanges.Capacity);
        List<VrptwCustomer> customers = [];
        for (FileLine? line = AfterHeadings(lines); line is not null; line = lines.Count > 0 ? lines.Dequeue() : null)
            customers.Add(Customer(line, customers.Count));
        if (customers.Count < 2)
            throw new InstanceFileException(file, 0, "There are no rows of a depot and at least one customer.");
        if (customers.Sum(customer => (long)customer.Demand) is var demand && demand > (long)vehicles * capacity)
            throw new InstanceFileException(
                file,
                fleet.Number,
                $"The customers' demand of {demand} is more than {vehicles} vehicles of {capacity} carry."
            );
        return new VrptwInstance(Path.GetFileNameWithoutExtension(path), file, vehicles, capacity, customers);
    }

    private static FileLine? AfterHeadings(Queue<FileLine> lines)
    {
        while (lines.TryDequeue(out FileLine? line))
            if (!line.IsHeading)
                return line;
        return null;
    }

    private static VrptwCustomer Customer(FileLine line, int index)
    {
        IReadOnlyList<string> cells = line.Cells;
        if (cells.Count != Columns)
            throw line.Wrong($"A customer has {Columns} columns, this row has {cells.Count}.");
        if (line.Whole(cells[0], "The customer number", 0, InstanceRanges.Rows) is var number && number != index)
            throw line.Wrong($"Customer {number} stands where {index} should.");
        VrptwCustomer customer = new(
            number,
            line.Value(cells[1], "The x coordinate", -InstanceRanges.Coordinate, InstanceRanges.Coordinate),
            line.Value(cells[2], "The y coordinate", -InstanceRanges.Coordinate, InstanceRanges.Coordinate),
            line.Whole(cells[3], "The demand", 0, InstanceRanges.Units),
            line.Value(cells[4], "The ready time", 0, InstanceRanges.Time),
            line.Value(cells[5], "The due date", 0, InstanceRanges.Time),
            line.Value(cells[6], "The service time", 0, InstanceRanges.Time),
            line.Number);
        if (customer.Closes < customer.Opens)
            throw line.Wrong("The window closes before it opens.");
        if (number == 0 && (customer.Demand != 0 || customer.Service != 0))
            throw line.Wrong("The depot, customer 0, has no demand and no service time.");
        return customer;
    }
}

/// <param name="Opens">Earliest begin of service.</param>
/// <param name="Closes">Latest begin of service; of the depot the end of the day.</param>
/// <param name="Line">Where it stands in the file.</param>
public readonly record struct VrptwCustomer(int Id, double X, double Y, int Demand, double Opens, double Closes, double Service, int Line);

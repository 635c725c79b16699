using System.Globalization;

namespace Dispatch.Bench.Instances;

/// <summary>A vehicle routing instance with time windows in Solomon's text format; customer 0 is the depot.</summary>
public sealed record VrptwInstance(string Name, int Vehicles, int Capacity, IReadOnlyList<VrptwCustomer> Customers)
{
    /// <exception cref="FormatException">The text is not of this format; says what is missing.</exception>
    public static VrptwInstance Parse(string name, string text)
    {
        var lines = text.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var fleet = lines.FirstOrDefault(cells => cells.Length == 2 && cells.All(cell => int.TryParse(cell, CultureInfo.InvariantCulture, out _)))
            ?? throw new FormatException($"{name}: no line with the number of vehicles and their capacity.");
        var customers = lines
            .Where(cells => cells.Length == 7 && cells.All(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out _)))
            .Select(cells => cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .Select(row => new VrptwCustomer((int)row[0], row[1], row[2], (int)row[3], row[4], row[5], row[6]))
            .OrderBy(customer => customer.Id)
            .ToArray();
        return customers.Length > 1 && !customers.Where((customer, i) => customer.Id != i).Any()
            ? new VrptwInstance(name, int.Parse(fleet[0], CultureInfo.InvariantCulture), int.Parse(fleet[1], CultureInfo.InvariantCulture), customers)
            : throw new FormatException($"{name}: customers are not numbered from 0.");
    }
}

/// <param name="Opens">Earliest begin of service.</param>
/// <param name="Closes">Latest begin of service; of the depot the end of the day.</param>
public readonly record struct VrptwCustomer(int Id, double X, double Y, int Demand, double Opens, double Closes, double Service);

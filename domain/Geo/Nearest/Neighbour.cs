namespace Dispatch.Domain.Geo.Nearest;

/// <summary>A technician found near a point.</summary>
/// <param name="Technician">The number the caller knows the technician by.</param>
/// <param name="SquareMetres">Square of the straight distance, as the order is by it.</param>
public readonly record struct Neighbour(int Technician, double SquareMetres)
{
    public double Metres => Math.Sqrt(SquareMetres);

    /// <summary>Nearer first; of equally near ones the lower number.</summary>
    internal bool IsBefore(in Neighbour other) =>
        SquareMetres < other.SquareMetres || (SquareMetres == other.SquareMetres && Technician < other.Technician);
}

using System.Numerics;

namespace Dispatch.Domain.Routing.Bounds;

/// <summary>The inverse of a simplex basis, dense, with the values of the basic columns and the prices of the rows that follow from it.</summary>
internal sealed class Basis
{
    private readonly int rows;
    private readonly double[] right;
    private double[] inverse;

    /// <param name="right">Right-hand sides; the first basis is the identity, so they are the first values too.</param>
    /// <param name="costs">Costs of the first basic columns.</param>
    public Basis(double[] right, double[] costs)
    {
        rows = right.Length;
        this.right = right;
        Values = [.. right];
        Prices = [.. costs];
        inverse = new double[rows * rows];
        for (int i = 0; i < rows; i++)
            inverse[(i * rows) + i] = 1;
    }

    /// <summary>Per row the value of its basic column.</summary>
    public double[] Values { get; }

    /// <summary>Per row its dual price.</summary>
    public double[] Prices { get; }

    /// <summary>What one unit of a column takes from each basic column.</summary>
    public void Direction(ReadOnlySpan<(int Row, double Factor)> column, Span<double> direction)
    {
        for (int i = 0; i < rows; i++)
        {
            double sum = 0;
            int at = i * rows;
            foreach ((int row, double factor) in column)
                sum += inverse[at + row] * factor;
            direction[i] = sum;
        }
    }

    /// <summary>A column of this direction and reduced cost enters in the place of the one of a row.</summary>
    public void Pivot(int row, ReadOnlySpan<double> direction, double reducedCost)
    {
        Span<double> pivot = inverse.AsSpan(row * rows, rows);
        Scale(pivot, 1 / direction[row]);
        double step = Values[row] / direction[row];
        for (int i = 0; i < rows; i++)
        {
            if (i == row || direction[i] == 0)
                continue;
            Values[i] = Math.Max(0, Values[i] - (step * direction[i]));
            AddScaled(inverse.AsSpan(i * rows, rows), pivot, -direction[i]);
        }

        Values[row] = step;
        AddScaled(Prices, pivot, reducedCost);
    }

    /// <summary>Computes everything afresh from the basic columns, against the errors that pile up. False where they have become dependent.</summary>
    public bool TryRebuild(ReadOnlySpan<(int Row, double Factor)[]> columns, ReadOnlySpan<double> costs)
    {
        double[] matrix = new double[rows * rows], fresh = new double[rows * rows];
        for (int c = 0; c < rows; c++)
        {
            fresh[(c * rows) + c] = 1;
            foreach ((int row, double factor) in columns[c])
                matrix[(row * rows) + c] += factor;
        }

        for (int c = 0; c < rows; c++)
        {
            int best = c;
            for (int i = c + 1; i < rows; i++)
                best = Math.Abs(matrix[(i * rows) + c]) > Math.Abs(matrix[(best * rows) + c]) ? i : best;
            double pivot = matrix[(best * rows) + c];
            if (Math.Abs(pivot) < 1e-9)
                return false;
            Swap(matrix, c, best);
            Swap(fresh, c, best);
            Scale(matrix.AsSpan(c * rows, rows), 1 / pivot);
            Scale(fresh.AsSpan(c * rows, rows), 1 / pivot);
            for (int i = 0; i < rows; i++)
            {
                double factor = matrix[(i * rows) + c];
                if (i == c || factor == 0)
                    continue;
                AddScaled(matrix.AsSpan(i * rows, rows), matrix.AsSpan(c * rows, rows), -factor);
                AddScaled(fresh.AsSpan(i * rows, rows), fresh.AsSpan(c * rows, rows), -factor);
            }
        }

        inverse = fresh;
        Array.Clear(Prices);
        for (int i = 0; i < rows; i++)
        {
            Span<double> line = inverse.AsSpan(i * rows, rows);
            double value = 0;
            for (int k = 0; k < rows; k++)
                value += line[k] * right[k];
            Values[i] = Math.Max(0, value);
            AddScaled(Prices, line, costs[i]);
        }

        return true;
    }

    private void Swap(double[] matrix, int a, int b)
    {
        if (a == b)
            return;
        for (int k = 0; k < rows; k++)
            (matrix[(a * rows) + k], matrix[(b * rows) + k]) = (matrix[(b * rows) + k], matrix[(a * rows) + k]);
    }

    private static void Scale(Span<double> line, double factor)
    {
        foreach (ref double value in line)
            value *= factor;
    }

    private static void AddScaled(Span<double> line, ReadOnlySpan<double> other, double factor)
    {
        Span<Vector<double>> wide = System.Runtime.InteropServices.MemoryMarshal.Cast<double, Vector<double>>(line);
        ReadOnlySpan<Vector<double>> wideOther = System.Runtime.InteropServices.MemoryMarshal.Cast<double, Vector<double>>(other);
        Vector<double> factors = new(factor);
        for (int k = 0; k < wide.Length; k++)
            wide[k] += wideOther[k] * factors;
        for (int k = wide.Length * Vector<double>.Count; k < line.Length; k++)
            line[k] += other[k] * factor;
    }
}

namespace Dispatch.Api.Labels;

/// <summary>One line of text in its place, in millimeters. What it takes on the paper is <see cref="Top"/> to <see cref="Bottom"/>.</summary>
/// <param name="Y">Of the baseline.</param>
/// <param name="OfPerson">A person typed the text, which may run from right to left.</param>
internal readonly record struct LabelLine(string Text, double Size, bool Bold, double Y, bool OfPerson = false)
{
    /// <summary>From one baseline to the next, in sizes: enough for the tallest scripts.</summary>
    public const double Step = 1.26;

    /// <summary>From the upper edge of a line to its baseline.</summary>
    public const double Ascent = 0.98;

    public double Top => Y - Ascent * Size;

    public double Bottom => Top + Step * Size;
}

/// <summary>A paragraph before it has a place.</summary>
/// <param name="Size">Height of the letters where there is room enough.</param>
/// <param name="Least">What they shrink to at most.</param>
internal sealed record LabelParagraph(string Text, double Size, double Least, bool Bold = false, bool OfPerson = false);

/// <summary>
/// Blocks of paragraphs below each other in a space of their own: as large as they are wanted, or all smaller by one scale, so that everything fits. Pure. An address must be whole to be
/// found; only what does not fit in the smallest letters, which nothing that the contract takes comes near, ends in an ellipsis.
/// </summary>
internal static class LabelBlock
{
    private const double Shrink = 0.96;

    /// <summary>The scales that are tried, largest first; at the last one every paragraph has its smallest letters.</summary>
    private static readonly double[] Scales = [.. Enumerable.Range(0, 36).Select(n => Math.Pow(Shrink, n))];

    /// <summary>The lines of each block from <paramref name="top"/> on, none wider than <paramref name="width"/> or lower than <paramref name="bottom"/>.</summary>
    /// <param name="gap">Between two blocks.</param>
    public static IReadOnlyList<IReadOnlyList<LabelLine>> Fit(IReadOnlyList<IReadOnlyList<LabelParagraph>> blocks, double top, double bottom, double width, double gap = 0)
    {
        foreach (double scale in Scales)
        {
            List<List<LabelLine>> lines = At(scale, blocks, top, width, gap);
            if (lines[^1].Count == 0 || lines[^1][^1].Bottom <= bottom)
                return lines;
        }
        return [.. At(Scales[^1], blocks, top, width, gap).Select(block => Cut(block, bottom, width))];
    }

    private static List<LabelLine> Cut(List<LabelLine> block, double bottom, double width)
    {
        int kept = block.FindIndex(line => line.Bottom > bottom);
        if (kept < 0)
            return block;
        if (kept == 0)
            return [];
        LabelLine last = block[kept - 1];
        return [.. block.Take(kept - 1), last with { Text = LabelText.Cut(last.Text, width / last.Size, last.Bold) }];
    }

    private static List<List<LabelLine>> At(double scale, IReadOnlyList<IReadOnlyList<LabelParagraph>> blocks, double top, double width, double gap)
    {
        List<List<LabelLine>> all = [];
        double y = top;
        foreach (IReadOnlyList<LabelParagraph> block in blocks)
        {
            List<LabelLine> lines = [];
            foreach (LabelParagraph paragraph in block)
            {
                double size = Math.Max(paragraph.Least, paragraph.Size * scale);
                foreach (string line in LabelText.Wrap(paragraph.Text, width / size, paragraph.Bold))
                {
                    lines.Add(new LabelLine(line, size, paragraph.Bold, y + LabelLine.Ascent * size, paragraph.OfPerson));
                    y += LabelLine.Step * size;
                }
            }
            all.Add(lines);
            y += gap;
        }
        return all;
    }
}

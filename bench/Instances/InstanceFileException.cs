namespace Dispatch.Instances;

/// <summary>
/// A file cannot be read as the benchmark file it is said to be. The message names the file and the line, and says in a sentence what is
/// wrong.
/// </summary>
/// <param name="file">Name of the file, without its folder.</param>
/// <param name="line">Number of the line, the first being 1; 0 where it is the file as a whole.</param>
/// <param name="sentence">What is wrong.</param>
public sealed class InstanceFileException(string file, int line, string sentence)
    : FormatException(line > 0 ? $"{file}, line {line}: {sentence}" : $"{file}: {sentence}")
{
    public string File => file;

    public int Line => line;
}

using System.Globalization;

namespace Dispatch.Api.Reading;

/// <summary>
/// Names a change, so that a list read afterwards can be asked to show it: kind, id and version of what changed. Opaque to clients.
/// </summary>
internal sealed record ChangeToken(string Kind, string Id, long Version)
{
    public const string Job = "job", Technician = "technician", Point = "point", Zone = "zone", Contact = "contact", Escalation = "escalation", CallBack = "callback", Case = "case";

    /// <summary>Kinds of rows that no token names.</summary>
    public const string Message = "message", Device = "device";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Id}:{Version}");

    /// <summary>The token of that spelling, or null.</summary>
    public static ChangeToken? Find(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length == 3 && parts[0] is Job or Technician or Point or Zone or Contact or Escalation or CallBack or Case && parts[1].Length is > 0 and <= 80
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? new ChangeToken(parts[0], parts[1], version)
            : null;
    }
}

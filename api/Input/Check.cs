using System.Diagnostics.CodeAnalysis;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Geo;

namespace Dispatch.Api.Input;

/// <summary>
/// Collects what is wrong with a request, field by field, so that one answer names all of it. Faults are codes: <c>missing</c>,
/// <c>empty</c>, <c>too_short</c>, <c>too_long</c>, <c>too_many</c>, <c>too_few</c>, <c>out_of_range</c>, <c>not_finite</c>,
/// <c>unknown</c>, <c>control_character</c>, <c>bad_form</c>, <c>duplicate</c>, <c>unknown_field</c>.
/// </summary>
public sealed class Check
{
    /// <summary>Times outside are a slip or an attack; far from the ends of what can be reckoned with.</summary>
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<(string Field, string Fault)> _faults = [];
    private readonly List<Warning> _warnings = [];
    private readonly PhoneReader _phones;
    private string _prefix = "";

    /// <param name="phones">How numbers without a country code are read.</param>
    internal Check(PhoneReader phones) => _phones = phones;

    internal Check() : this(PhoneReader.Default)
    {
    }

    public IReadOnlyList<(string Field, string Fault)> Faults => _faults;

    public bool IsClean => _faults.Count == 0;

    /// <summary>What is taken and may still not be meant; the answer names it.</summary>
    internal IReadOnlyList<Warning> Warnings => _warnings;

    public void Fault(string field, string fault) => _faults.Add((_prefix + field, fault));

    /// <param name="code">A row of docs/refusals.md.</param>
    public void Warn(string field, string code) => _warnings.Add(new Warning(code, _prefix + field));

    /// <summary>True if the value is there.</summary>
    public bool Present<T>([NotNullWhen(true)] T? value, string field)
    {
        if (value is not null)
            return true;
        Fault(field, "missing");
        return false;
    }

    /// <summary>
    /// A required text of one or several lines: 1 to <paramref name="longest"/> characters, something visible among them, no control
    /// characters except line ends and tabs; see <see cref="PersonText"/>.
    /// </summary>
    public void Text(string? value, string field, int longest, int shortest = 1)
    {
        if (Present(value, field))
            TextIfGiven(value, field, longest, shortest);
    }

    /// <inheritdoc cref="Text"/>
    /// <param name="shortest">With 0, blanks alone count as nothing given.</param>
    public void TextIfGiven(string? value, string field, int longest, int shortest = 1) =>
        Shown(value, field, longest, shortest, severalLines: true);

    /// <summary>The same for a text that pages show in one line, such as a name: line ends and tabs count as control characters.</summary>
    public void Line(string? value, string field, int longest, int shortest = 1)
    {
        if (Present(value, field))
            LineIfGiven(value, field, longest, shortest);
    }

    /// <inheritdoc cref="Line"/>
    public void LineIfGiven(string? value, string field, int longest, int shortest = 1) =>
        Shown(value, field, longest, shortest, severalLines: false);

    private void Shown(string? value, string field, int longest, int shortest, bool severalLines)
    {
        if (value is null || (shortest == 0 && value.Length <= longest && string.IsNullOrWhiteSpace(value)))
            return;
        if (value.Length > longest)
            Fault(field, "too_long");
        else if (PersonText.HasControls(value, severalLines))
            Fault(field, "control_character");
        else if (!PersonText.IsVisible(value))
            Fault(field, "empty");
        else if (value.Length < shortest)
            Fault(field, "too_short");
    }

    /// <summary>A phone number in any usual spelling; see <see cref="PhoneReader"/>.</summary>
    public void PhoneIfGiven(string? value, string field, int longest)
    {
        if (value is null)
            return;
        if (value.Length > longest)
            Fault(field, "too_long");
        else if (!PersonText.IsVisible(value))
            Fault(field, "empty");
        else if (_phones.Read(value) is not { } number)
            Fault(field, "bad_form");
        else
        {
            if (!number.IsLikely)
                Warn(field, "contact.phone_improbable");
            if (number.HasExtension)
                Warn(field, "contact.phone_extension");
        }
    }

    /// <summary>
    /// The number of a device as somebody reads it off. One that cannot be right is warned of and not refused: the customer may have
    /// mistyped it, the repair need not wait for it, and it is corrected later.
    /// </summary>
    public void DeviceNumberIfGiven(string? value, string field, int longest)
    {
        LineIfGiven(value, field, longest, 0);
        WarnOfDeviceNumber(value, field);
    }

    public void WarnOfDeviceNumber(string? value, string field)
    {
        if (!string.IsNullOrWhiteSpace(value) && DeviceIdentity.Doubt(value) is { } doubt)
            Warn(field, doubt.Code);
    }

    /// <summary>A code or an id: 1 to <paramref name="longest"/> of letters, digits and <c>_ - . : / @ +</c>.</summary>
    public void Code(string? value, string field, int longest = 64)
    {
        if (!Present(value, field))
            return;
        if (value.Length == 0)
            Fault(field, "empty");
        else if (value.Length > longest)
            Fault(field, "too_long");
        else if (!value.All(c => char.IsAsciiLetterOrDigit(c) || "_-.:/@+".Contains(c)))
            Fault(field, "bad_form");
    }

    public void OneOf(string? value, string field, IEnumerable<string> allowed)
    {
        if (Present(value, field) && !allowed.Contains(value, StringComparer.Ordinal))
            Fault(field, "unknown");
    }

    public void Range(long? value, string field, long least, long most)
    {
        if (Present(value, field) && (value < least || value > most))
            Fault(field, "out_of_range");
    }

    public void RangeIfGiven(long? value, string field, long least, long most)
    {
        if (value is not null)
            Range(value, field, least, most);
    }

    public void RangeIfGiven(double? value, string field, double least, double most)
    {
        if (value is not { } given)
            return;
        if (!double.IsFinite(given))
            Fault(field, "not_finite");
        else if (given < least || given > most)
            Fault(field, "out_of_range");
    }

    public void Time(DateTimeOffset? value, string field)
    {
        if (Present(value, field))
            TimeIfGiven(value, field);
    }

    public void TimeIfGiven(DateTimeOffset? value, string field)
    {
        if (value is { } given && (given < Earliest || given > Latest))
            Fault(field, "out_of_range");
    }

    public void Place(PlaceInput? value, string field)
    {
        if (!Present(value, field))
            return;
        Degrees(value.Lon, $"{field}.lon", 180);
        Degrees(value.Lat, $"{field}.lat", 90);
    }

    /// <summary>Each end given and in range. Which end comes first is for the domain to judge.</summary>
    public void Window(WindowInput? value, string field)
    {
        if (!Present(value, field))
            return;
        Time(value.From, $"{field}.from");
        Time(value.To, $"{field}.to");
    }

    /// <summary>Between <paramref name="least"/> and <paramref name="most"/> items, none of them null; each is checked under its own name.</summary>
    public void Each<T>(IReadOnlyList<T?>? items, string field, int least, int most, Action<T, string> check) where T : class
    {
        if (items is null)
        {
            if (least > 0)
                Fault(field, "missing");
            return;
        }
        if (items.Count < least)
            Fault(field, "too_few");
        else if (items.Count > most)
            Fault(field, "too_many");
        else
            for (int i = 0; i < items.Count; i++)
                if (Present(items[i], $"{field}[{i}]"))
                    check(items[i]!, $"{field}[{i}]");
    }

    /// <summary>Checks a part under its name.</summary>
    public void Within(string field, Action<Check> check)
    {
        string outer = _prefix;
        _prefix = $"{outer}{field}.";
        check(this);
        _prefix = outer;
    }

    private void Degrees(double? value, string field, double most)
    {
        if (Present(value, field))
            RangeIfGiven(value, field, -most, most);
    }
}

/// <summary>A place as a request gives it.</summary>
public sealed record PlaceInput([property: System.ComponentModel.DataAnnotations.Required] double? Lon, [property: System.ComponentModel.DataAnnotations.Required] double? Lat)
{
    /// <summary>Only after a clean check.</summary>
    public Place ToPlace() => new(Lon!.Value, Lat!.Value);
}

/// <summary>A time window as a request gives it.</summary>
public sealed record WindowInput([property: System.ComponentModel.DataAnnotations.Required] DateTimeOffset? From, [property: System.ComponentModel.DataAnnotations.Required] DateTimeOffset? To)
{
    /// <summary>Only after a clean check. In UTC, because two spellings of one moment are one moment.</summary>
    public TimeWindow ToWindow() => new(From!.Value.ToUniversalTime(), To!.Value.ToUniversalTime());
}

using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Offers;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;

namespace Dispatch.Api.Bookings;

/// <summary>What the customer saw and agreed to.</summary>
/// <param name="Total">Of the price, in minor units of money.</param>
/// <param name="Until">The promise they saw; a later one is refused. Not looked at if left out.</param>
public sealed record AgreedInput([property: Required] long? Total, [property: Required] string? Currency, [property: Required] string? PriceVersion, DateTimeOffset? Until)
{
    private const long Most = 1_000_000_000_000;

    internal void Validate(Check check)
    {
        check.Range(Total, "total", -Most, Most);
        check.Code(Currency, "currency");
        check.Line(PriceVersion, "priceVersion", 100);
        check.TimeIfGiven(Until, "until");
    }
}

/// <param name="Question">As in <c>POST /v1/offers</c>.</param>
/// <param name="Mode">One of the modes of the comparison.</param>
/// <param name="Window">When a visit may begin; as soon as possible if left out.</param>
/// <param name="Severity"><c>urgent</c> or <c>regular</c>; the category's usual one if left out.</param>
/// <param name="Channel">Staff only: the way the customer came, as in <c>POST /v1/jobs</c>.</param>
/// <param name="ContactId">The conversation the job comes of.</param>
public sealed record BookOfferRequest(
    [property: Required] CompareOffersRequest? Question,
    [property: Required] string? Mode,
    [property: Required] AgreedInput? Agreed,
    [property: Required] ContactInput? Contact,
    string? Address,
    string? Symptom,
    WindowInput? Window,
    string? Severity,
    string? Channel = null,
    string? ContactId = null) : IRequestBody
{
    private static readonly Dictionary<string, OfferMode> Modes = OfferModes.All.ToDictionary(m => JsonNamingPolicy.CamelCase.ConvertName(m.ToString()), StringComparer.Ordinal);

    public void Validate(Check check)
    {
        if (check.Present(Question, "question"))
            check.Within("question", Question.Validate);
        check.OneOf(Mode, "mode", Modes.Keys);
        if (check.Present(Agreed, "agreed"))
            check.Within("agreed", Agreed.Validate);
        if (check.Present(Contact, "contact"))
            check.Within("contact", Contact.Validate);
        check.TextIfGiven(Address, "address", JobLimits.Address, 0);
        check.TextIfGiven(Symptom, "symptom", JobLimits.Symptom, 0);
        if (Window is not null)
            check.Window(Window, "window");
        if (Severity is not null)
            check.OneOf(Severity, "severity", JobLimits.Severities);
        JobOrigin.Validate(check, Channel, ContactId);
    }

    internal OfferMode ToMode() => Modes[Mode!];

    internal TimeWindow? ToWindow() => Window?.ToWindow();

    internal string? DeviceNumber => Question!.Device!.Imei ?? Question.Device.Serial;

    /// <summary>What the job keeps: no personal data. Only after a clean check.</summary>
    internal JobRequest ToJobRequest(ServiceMode mode, Compared compared, IReadOnlyList<TimeWindow> windows, Severity usual) => new(
        compared.Question.Fault.Category, compared.Place, [.. windows], JobLimits.ToSeverity(Severity) ?? usual, string.IsNullOrWhiteSpace(Symptom) ? null : Symptom.Trim(),
        new DeviceRef(compared.Question.Brand, compared.Question.Model, DeviceNumber?.Trim()), mode, compared.Bench);
}

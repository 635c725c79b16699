using System.Text.Json.Serialization;
using Dispatch.Domain.Serialization;

namespace Dispatch.Domain.Messages;

/// <summary>One message to one customer. Made of the job, the number of its event and the template, so that the same event never makes a second one.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.messageId"), JsonConverter(typeof(StringIdConverter<MessageId>))]
public readonly record struct MessageId([property: Id(0)] string Value) : IStringId<MessageId>, IComparable<MessageId>
{
    public const string Prefix = "msg_";

    public static MessageId From(string value) => new(value);

    /// <summary>The message that event <paramref name="number"/> of this job leads to.</summary>
    public static MessageId Of(JobId job, long number, MessageTemplate template) =>
        new($"{PrefixOf(job)}{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}-{MessageTemplates.Word(template)}");

    /// <summary>How the ids of all messages of a job begin, and of no other job whose id has no hyphen.</summary>
    public static string PrefixOf(JobId job) => $"{Prefix}{(job.Value.StartsWith(JobId.Prefix, StringComparison.Ordinal) ? job.Value[JobId.Prefix.Length..] : job.Value)}-";

    public int CompareTo(MessageId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

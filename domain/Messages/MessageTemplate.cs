using System.Text.Json;

namespace Dispatch.Domain.Messages;

/// <summary>Every occasion on which a customer hears from us. The texts are in templates.json.</summary>
[GenerateSerializer, Alias("dispatch.messageTemplate")]
public enum MessageTemplate
{
    /// <summary>The request is in, with the link by which the customer follows and changes it.</summary>
    Requested,
    /// <summary>The same where no visit is asked for.</summary>
    RequestedMailIn,
    /// <summary>Somebody will come, and when to expect them.</summary>
    Accepted,
    /// <summary>The technician has set off.</summary>
    OnTheWay,
    Arrived,
    Repaired,
    NotRepaired,
    /// <summary>Mail-in: which point repairs it, the label for the parcel and the day it is back.</summary>
    Booked,
    /// <summary>Mail-in: the parcel is at the point.</summary>
    Received,
    /// <summary>Mail-in: repaired and checked.</summary>
    BenchRepaired,
    BenchNotRepaired,
    /// <summary>Mail-in: on its way back.</summary>
    Shipped,
    /// <summary>Mail-in: back at the customer's.</summary>
    Delivered,
    Rescheduled,
    Cancelled,
    /// <summary>What the repair would cost, and the link by which the customer says yes or no.</summary>
    Quoted,
    /// <summary>The customer said no to it.</summary>
    QuoteRefused,
    /// <summary>A mode of the comparison is booked, with the link; what follows says where and when.</summary>
    Agreed,
    /// <summary>Walk-in: which point expects the device and when it is ready.</summary>
    BookedAtCounter,
    /// <summary>Pickup and return: a courier comes.</summary>
    BookedCourier,
    /// <summary>Swap at a point: the unit lies there.</summary>
    UnitKept,
    /// <summary>Swap by post: the unit will be sent, and the label for the old one.</summary>
    UnitBooked,
    /// <summary>Swap by post: on its way.</summary>
    UnitShipped,
    /// <summary>Walk-in: repaired and checked, to be fetched.</summary>
    ReadyAtCounter,
    NotRepairedAtCounter,
    /// <summary>A visit that left another unit.</summary>
    Swapped,
    /// <summary>Another link than the one sent before, which leads nowhere any more.</summary>
    LinkRenewed,
}

public static class MessageTemplates
{
    public static IReadOnlyList<MessageTemplate> All { get; } = Enum.GetValues<MessageTemplate>();

    /// <summary>The template as ids, streams and answers spell it.</summary>
    public static string Word(MessageTemplate template) => JsonNamingPolicy.CamelCase.ConvertName(template.ToString());
}

using System.Collections.Immutable;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Offers;

/// <summary>Every way in which a customer gets a working device.</summary>
[GenerateSerializer, Alias("dispatch.offerMode")]
public enum OfferMode
{
    /// <summary>Help over the line.</summary>
    Remote,
    /// <summary>Instructions and an original part by post.</summary>
    SelfService,
    /// <summary>A booked slot at a service point.</summary>
    WalkIn,
    /// <summary>The device is fetched, repaired at the local point and brought back.</summary>
    PickupReturn,
    /// <summary>A technician repairs on the spot.</summary>
    DoorToDoor,
    /// <summary>Parcel, bench, parcel.</summary>
    MailIn,
    /// <summary>Another unit at the door.</summary>
    SwapAtDoor,
    /// <summary>Another unit by post.</summary>
    SwapByPost,
    /// <summary>Another unit at a service point.</summary>
    SwapAtPoint,
    /// <summary>Valued against a new one.</summary>
    TradeIn,
    /// <summary>Bought for what it is made of.</summary>
    Recycling,
}

/// <summary>What modes have in common.</summary>
public static class OfferModes
{
    public static ImmutableArray<OfferMode> All { get; } = [.. Enum.GetValues<OfferMode>()];

    /// <summary>Somebody repairs it.</summary>
    public static bool IsRepair(OfferMode mode) => mode is OfferMode.WalkIn or OfferMode.PickupReturn or OfferMode.DoorToDoor or OfferMode.MailIn;

    public static bool IsSwap(OfferMode mode) => mode is OfferMode.SwapAtDoor or OfferMode.SwapByPost or OfferMode.SwapAtPoint;

    /// <summary>A technician comes.</summary>
    public static bool IsVisit(OfferMode mode) => mode is OfferMode.DoorToDoor or OfferMode.SwapAtDoor;

    /// <summary>The customer is without the device meanwhile.</summary>
    public static bool TakesDevice(OfferMode mode) => mode is OfferMode.WalkIn or OfferMode.PickupReturn or OfferMode.MailIn;

    /// <summary>What a job of this mode is; null where no job follows from it.</summary>
    public static ServiceMode? Booked(OfferMode mode) => mode switch
    {
        OfferMode.WalkIn => ServiceMode.WalkIn,
        OfferMode.PickupReturn => ServiceMode.PickupReturn,
        OfferMode.DoorToDoor => ServiceMode.DoorToDoor,
        OfferMode.MailIn => ServiceMode.MailIn,
        OfferMode.SwapAtDoor => ServiceMode.SwapAtDoor,
        OfferMode.SwapByPost => ServiceMode.SwapByPost,
        OfferMode.SwapAtPoint => ServiceMode.SwapAtPoint,
        _ => null,
    };

    /// <summary>The customer is paid instead of paying.</summary>
    public static bool IsPurchase(OfferMode mode) => mode is OfferMode.TradeIn or OfferMode.Recycling;
}

namespace Dispatch.Domain.Jobs;

/// <summary>How the device and the hands that work on it come together, and whether they repair it or give another for it.</summary>
[GenerateSerializer, Alias("dispatch.serviceMode")]
public enum ServiceMode
{
    /// <summary>A technician travels and repairs on the spot.</summary>
    DoorToDoor,
    /// <summary>The device travels to a service point and back as a parcel.</summary>
    MailIn,
    /// <summary>The customer brings the device to a service point and fetches it there.</summary>
    WalkIn,
    /// <summary>A courier takes the device to the near service point and brings it back.</summary>
    PickupReturn,
    /// <summary>A technician brings another unit and takes the old one.</summary>
    SwapAtDoor,
    /// <summary>A service point sends another unit; the old one comes as a parcel, before or after.</summary>
    SwapByPost,
    /// <summary>The customer brings the old unit to a service point and leaves with another.</summary>
    SwapAtPoint,
}

/// <summary>How a device travels between the customer and a service point.</summary>
public enum Carriage { Post, Courier, Counter }

/// <summary>What modes have in common. Everything else a job does follows from these.</summary>
public static class ServiceModes
{
    /// <summary>A technician comes; every other mode is one of a service point.</summary>
    public static bool IsVisit(this ServiceMode mode) => mode is ServiceMode.DoorToDoor or ServiceMode.SwapAtDoor;

    /// <summary>The customer gets another unit.</summary>
    public static bool IsSwap(this ServiceMode mode) => mode is ServiceMode.SwapAtDoor or ServiceMode.SwapByPost or ServiceMode.SwapAtPoint;

    /// <summary>A place on a bench is needed; an exchange takes only the unit.</summary>
    public static bool TakesBench(this ServiceMode mode) => !mode.IsVisit() && !mode.IsSwap();

    /// <summary>How the device travels; null where somebody comes to it.</summary>
    public static Carriage? Carriage(this ServiceMode mode) => mode switch
    {
        ServiceMode.MailIn or ServiceMode.SwapByPost => Jobs.Carriage.Post,
        ServiceMode.PickupReturn => Jobs.Carriage.Courier,
        ServiceMode.WalkIn or ServiceMode.SwapAtPoint => Jobs.Carriage.Counter,
        _ => null,
    };

    /// <summary>Whether parcels with waybills carry the device.</summary>
    public static bool HasParcels(this ServiceMode mode) => mode.Carriage() is Jobs.Carriage.Post or Jobs.Carriage.Courier;
}

namespace Dispatch.Domain.Entitlement;

/// <summary>What a customer may choose.</summary>
[GenerateSerializer, Alias("dispatch.remedy")]
public enum Remedy
{
    /// <summary>The whole price of the invoice back.</summary>
    Refund,
    /// <summary>The same model and specification, new; for a phone its main unit, without accessories and decoration, where the book says so.</summary>
    ExchangeUnit,
    /// <summary>Only the part that is faulty.</summary>
    ExchangePart,
    /// <summary>The same model or a better one, because repair makes no sense.</summary>
    ExchangeSameOrHigher,
    /// <summary>Another accessory for the faulty one.</summary>
    ExchangeAccessory,
    /// <summary>The price of an accessory back; a separately sold one at its marked price.</summary>
    RefundAccessory,
    /// <summary>A repair that costs the customer nothing.</summary>
    RepairFree,
    /// <summary>A repair at the customer's expense.</summary>
    RepairPaid,
    /// <summary>A device to use while one's own is in repair, free.</summary>
    Loaner,
}

/// <summary>Who is answerable in the chain brand – seller – provider, or the customer.</summary>
[GenerateSerializer, Alias("dispatch.party")]
public enum Party { Seller, Provider, Brand, Customer }

/// <summary>What a period is counted from.</summary>
[GenerateSerializer, Alias("dispatch.periodAnchor")]
public enum PeriodAnchor
{
    /// <summary>Nothing: the rule holds at all times.</summary>
    Always,
    /// <summary>The day of purchase, whatever happened since.</summary>
    Purchase,
    /// <summary>The day of purchase, or of the last exchange of the unit, which starts the time anew.</summary>
    Warranty,
    /// <summary>The day the device was made.</summary>
    Factory,
    /// <summary>The day the device was handed in for the repair that is not over.</summary>
    OpenRepair,
}

[GenerateSerializer, Alias("dispatch.periodUnit")]
public enum PeriodUnit { Day, Month, Year }

/// <summary>What has to be true of a case; each is proven, refuted, or not known.</summary>
[GenerateSerializer, Alias("dispatch.caseFact")]
public enum CaseFact
{
    /// <summary>Inspection confirmed a performance fault that the book lists.</summary>
    ListedFault,
    /// <summary>The original invoice and the warranty card, both stamped and unaltered.</summary>
    ValidDocuments,
    /// <summary>The label with the IMEI is whole.</summary>
    LabelIntact,
    /// <summary>Nobody without authorisation has opened or repaired it.</summary>
    NoPrivateRepair,
    /// <summary>The user did not break it, wet it or misuse it.</summary>
    NoUserDamage,
    /// <summary>Repair is impossible or costs more than it is worth.</summary>
    Uneconomic,
}

/// <summary>What somebody has seen, or can still show.</summary>
[GenerateSerializer, Alias("dispatch.evidenceKind")]
public enum EvidenceKind
{
    Invoice, WarrantyCard, Label, Inspection, PrivateRepair, UserDamage, RepairEstimate,
    /// <summary>Only ever missing: the case itself names the dates.</summary>
    PurchaseDate,
    /// <inheritdoc cref="PurchaseDate"/>
    FactoryDate,
}

/// <summary>How it was found. Which state goes with which kind, <see cref="Evidence.States"/> says.</summary>
[GenerateSerializer, Alias("dispatch.evidenceState")]
public enum EvidenceState { Valid, Altered, Unstamped, Copy, Intact, Torn, Confirmed, NotConfirmed, None, Found, Economic, Uneconomic }

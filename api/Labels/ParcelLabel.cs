using Dispatch.Domain.Geo;

namespace Dispatch.Api.Labels;

/// <summary>One end of a parcel's way. Without an address its position stands there, so that the parcel can still be brought.</summary>
public sealed record LabelEnd(string Name, string? Phone, string? Address, Place Place);

/// <summary>All that is printed on a label.</summary>
/// <param name="Waybill">What both codes say.</param>
/// <param name="Returns">From the point to the customer; otherwise to the point.</param>
/// <param name="Number">The job as people name it on the phone.</param>
/// <param name="Language">Of the customer, who sticks it on; English where it is none that we speak.</param>
public sealed record ParcelLabel(string Waybill, bool Returns, string Number, string? Device, LabelEnd From, LabelEnd To, string? Language);

using System.Collections.Immutable;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Entitlement.Exchange;

/// <summary>The steps of an exchange, in their order.</summary>
[GenerateSerializer, Alias("dispatch.exchangeStep")]
public enum ExchangeStep
{
    /// <summary>Symptom, documents and customer are verified.</summary>
    Verify,
    /// <summary>The old warranty card is withdrawn, a copy of the invoice kept, a new card issued.</summary>
    ReplaceCard,
    /// <summary>The new IMEI or part serial is on the service record, with date and stamp.</summary>
    RecordSerial,
    /// <summary>Evidence and device are on their way back to the seller.</summary>
    SendToSeller,
    /// <summary>The seller has them and gives the new unit.</summary>
    HandOver,
}

/// <summary>Whose desk a step lies on.</summary>
[GenerateSerializer, Alias("dispatch.exchangeDesk")]
public enum ExchangeDesk { Technician, FrontDesk, Dispatcher, Seller }

/// <summary>One step of the procedure as a book has it: data.</summary>
public sealed record ExchangeStepRule
{
    public required ExchangeStep Step { get; init; }

    public required ExchangeDesk Desk { get; init; }

    /// <summary>What the step must leave on record: names of <see cref="ExchangeNotes"/>.</summary>
    public ImmutableArray<string> Records { get; init; } = [];

    /// <summary>Every step once, in order; what is recorded is known.</summary>
    internal static void Check(ImmutableArray<ExchangeStepRule> steps, RuleCheck check, string path)
    {
        if (!steps.Select(s => s.Step).SequenceEqual(Enum.GetValues<ExchangeStep>()))
            check.Fault(path, "contradiction");
        for (int i = 0; i < steps.Length; i++)
            foreach (string name in steps[i].Records.Where(name => !ExchangeNotes.All.Contains(name)))
                check.Fault($"{path}[{i}].records.{name}", "unknown");
    }
}

/// <summary>Names of what steps leave on record. Personal data is none of them.</summary>
public static class ExchangeNotes
{
    public const string OldCard = "oldCard", NewCard = "newCard", InvoiceCopy = "invoiceCopy", NewSerial = "newSerial", StampedOn = "stampedOn", Waybill = "waybill";

    public static ImmutableArray<string> All { get; } = [OldCard, NewCard, InvoiceCopy, NewSerial, StampedOn, Waybill];
}

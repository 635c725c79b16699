using System.Collections.Immutable;

namespace Dispatch.Simulation.Tests;

/// <summary>Every transition a job can make: from, event, to. Written down by hand from what the states mean; a run must make all of these and no other.</summary>
internal static class JobTransitions
{
    private const string Table = """
        none        job.requested         requested
        requested   job.triaged           requested
        requested   job.queued            queued
        requested   job.rescheduled       requested
        requested   job.offered           offered
        requested   job.booked            booked
        requested   job.cancelled         cancelled
        queued      job.triaged           queued
        queued      job.offered           offered
        queued      job.unplaced          queued
        queued      job.rescheduled       queued
        queued      job.withdrawn         queued
        queued      job.queued            queued
        queued      job.cancelled         cancelled
        queued      job.staleWork         queued
        queued      job.booked            booked
        offered     job.accepted          accepted
        offered     job.declined          offered
        offered     job.expired           offered
        offered     job.withdrawn         offered
        offered     job.rescheduled       offered
        offered     job.queued            queued
        offered     job.cancelled         cancelled
        offered     job.staleWork         offered
        queued      job.parked            queued
        queued      job.unparked          queued
        queued      job.moved             accepted
        accepted    job.parked            accepted
        accepted    job.unparked          accepted
        accepted    job.moved             accepted
        accepted    job.accepted          accepted
        accepted    job.departed          enRoute
        accepted    job.withdrawn         accepted
        accepted    job.rescheduled       accepted
        accepted    job.queued            queued
        accepted    job.cancelled         cancelled
        accepted    job.staleWork         accepted
        enRoute     job.arrived           arrived
        enRoute     job.withdrawn         enRoute
        enRoute     job.rescheduled       enRoute
        enRoute     job.queued            queued
        enRoute     job.cancelled         cancelled
        enRoute     job.staleWork         enRoute
        arrived     job.repaired          repaired
        arrived     job.quoted            arrived
        arrived     job.quoteApproved     arrived
        arrived     job.quoteRefused      arrived
        arrived     job.quoteLapsed       arrived
        arrived     job.withdrawn         arrived
        arrived     job.queued            queued
        arrived     job.cancelled         cancelled
        arrived     job.staleWork         arrived
        repaired    job.signed            signed
        repaired    job.closed            closed
        repaired    job.staleWork         repaired
        signed      job.closed            closed
        signed      job.staleWork         signed
        closed      job.staleWork         closed
        cancelled   job.staleWork         cancelled
        cancelled   job.parcelMoved       cancelled
        booked      job.bookingConfirmed  booked
        booked      job.bookingLost       booked
        booked      job.bookingWithdrawn  booked
        booked      job.queued            queued
        booked      job.parcelMoved       booked
        booked      job.parcelMoved       inTransit
        booked      job.received          received
        booked      job.benchFinished     repaired
        booked      job.cancelled         cancelled
        inTransit   job.parcelMoved       inTransit
        inTransit   job.received          received
        received    job.parcelMoved       received
        received    job.inspected         inspected
        inspected   job.parcelMoved       inspected
        inspected   job.benchStarted      onBench
        inspected   job.quoted            inspected
        inspected   job.quoteApproved     inspected
        inspected   job.quoteRefused      inspected
        inspected   job.quoteLapsed       inspected
        inspected   job.packed            packed
        onBench     job.quoted            onBench
        onBench     job.quoteApproved     onBench
        onBench     job.quoteRefused      onBench
        onBench     job.quoteLapsed       onBench
        onBench     job.packed            packed
        inspected   job.benchFinished     repaired
        inspected   job.handedOver        delivered
        onBench     job.handedOver        delivered
        onBench     job.parcelMoved       onBench
        onBench     job.benchFinished     repaired
        repaired    job.parcelMoved       repaired
        repaired    job.checked           checked
        repaired    job.checked           onBench
        checked     job.parcelMoved       checked
        repaired    job.packed            packed
        repaired    job.handedOver        delivered
        checked     job.packed            packed
        checked     job.handedOver        delivered
        packed      job.parcelMoved       packed
        packed      job.shipped           shipped
        packed      job.delivered         delivered
        shipped     job.parcelMoved       shipped
        shipped     job.delivered         delivered
        delivered   job.parcelMoved       delivered
        delivered   job.closed            closed
        closed      job.parcelMoved       closed
        """;

    /// <summary>Events after which whoever acted on what was before is fenced off; of a decline only the last one's.</summary>
    private static readonly ImmutableHashSet<string> Raising =
        ["job.offered", "job.declined", "job.expired", "job.withdrawn", "job.moved", "job.cancelled", "job.booked", "job.bookingLost", "job.bookingWithdrawn"];

    public static ImmutableHashSet<(string From, string Event, string To)> All { get; } =
        [.. Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(cells => (cells[0], cells[1], cells[2]))];

    public static bool Allowed(string from, string type, string to) => All.Contains((from, type, to));

    public static bool Raises(string type) => Raising.Contains(type);
}

using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;
using Dispatch.Simulator;

namespace Dispatch.Simulation.Tests;

/// <summary>Five hundred parcels in two days against twelve benches that have just places enough over a few days.</summary>
public class ParcelPromiseTests(ITestOutputHelper output)
{
    [Fact]
    public void FiveHundredParcels_NoBenchIsOvercommitted_AndPromisesAreKept()
    {
        using World world = new(11, Faults.None, size: new Size(0, 12, 14, TimeSpan.FromMinutes(5), 0, 0));
        world.PlayParcels(requests: 500, over: TimeSpan.FromDays(2), until: TimeSpan.FromDays(6));
        JobState[] jobs = [.. world.Jobs.Select(id => world.Peek(id)!.State!)];
        Assert.Equal(500, jobs.Length);
        int booked = jobs.Count(j => j.Booking is not null), delivered = jobs.Count(j => j.MailIn?.DeliveredAt is not null);
        int kept = jobs.Count(j => j.MailIn?.DeliveredAt <= j.Booking?.PromisedAt);
        double days = jobs.Where(j => j.Booking is not null).Average(j => (j.Booking!.PromisedAt - j.RequestedAt).TotalDays);
        int[] fullest = [.. world.Points.SelectMany(p => world.Peek(p)!.State!.Bench.GroupBy(s => s.Day)).Select(g => g.Count()).DefaultIfEmpty()];
        output.WriteLine($"500 requests: {booked} booked, {delivered} delivered, {kept} in time ({kept / 5.0:0.0} %), promised after {days:0.0} days on average; {world.Judge.Checks} durable writes checked; fullest day still known {fullest.Max()} of 14");
        Assert.Equal(500, booked);
        Assert.Equal(500, delivered);
        Assert.True(kept >= 475, $"only {kept} of 500 were in time");
    }
}

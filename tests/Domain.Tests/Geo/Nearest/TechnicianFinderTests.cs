using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Geo.Nearest;

namespace Domain.Tests.Geo.Nearest;

public sealed class TechnicianFinderTests
{
    private static readonly Place Middle = new(114.06, 22.54);

    [Fact]
    public void Candidates_AreTheNearestAblePeopleByName()
    {
        TechnicianFinder finder = new(Middle, 50_000, 10);
        finder.Put(new TechnicianId("far"), new Place(114.10, 22.54), 1);
        finder.Put(new TechnicianId("near"), new Place(114.07, 22.54), 1);
        finder.Put(new TechnicianId("unable"), Middle, 2);

        (TechnicianId Technician, double Metres)[] candidates = finder.Candidates(Middle, 1, 5);

        Assert.Equal(["near", "far"], candidates.Select(candidate => candidate.Technician.Value));
        Assert.InRange(candidates[0].Metres, 1020, 1035);
    }

    [Fact]
    public void WhoMovesOrLeaves_IsFoundWhereHeIsOrNotAtAll()
    {
        TechnicianFinder finder = new(Middle, 50_000, 10);
        (TechnicianId ann, TechnicianId bo) = (new("ann"), new("bo"));
        finder.Put(ann, Middle, 1);
        finder.Put(bo, new Place(114.07, 22.54), 1);
        finder.Put(ann, new Place(114.2, 22.6), 1);
        Assert.Equal([bo, ann], finder.Candidates(Middle, 1, 2).Select(candidate => candidate.Technician));

        Assert.True(finder.Remove(bo));
        Assert.False(finder.Remove(bo));
        Assert.Equal([ann], finder.Candidates(Middle, 1, 2).Select(candidate => candidate.Technician));
        Assert.Equal(1, finder.Count);
    }

    [Fact]
    public void AskingForNobodyOrForTooMany_IsAnError()
    {
        TechnicianFinder finder = new(Middle, 50_000, 10);

        Assert.Throws<ArgumentOutOfRangeException>(() => finder.Candidates(Middle, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => finder.Candidates(Middle, 1, 1025));
    }
}

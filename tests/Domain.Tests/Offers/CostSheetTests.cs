using Dispatch.Domain.Offers;

namespace Dispatch.Domain.Tests.Offers;

public class CostSheetTests
{
    private static readonly CostBook Book = CostBook.BuiltIn.InForce(new DateOnly(2026, 9, 1)).Single();

    [Fact]
    public void AJob_CostsWhatItTook_AndItsShareOfEverything()
    {
        CostSheet sheet = CostSheet.Of(Book, new JobEffort(WorkMinutes: 60, TravelMinutes: 30, TravelMetres: 12_000, Materials: 41_000, Freight: 2_800));
        // 650,000 a month over 174 hours is 3,736 an hour; half of it and 12 km at 80 for the way.
        Assert.Equal((3_736, 1_868 + 960, 41_000, 2_800), (sheet.Of(CostBlock.Labour), sheet.Of(CostBlock.Travel), sheet.Of(CostBlock.Materials), sheet.Of(CostBlock.Freight)));
        Assert.Equal(Math.Round(50_364 / 0.75m), sheet.Total);
        foreach ((CostBlock block, decimal share) in new[] { (CostBlock.Equipment, 0.12m), (CostBlock.Systems, 0.06m), (CostBlock.Communication, 0.035m), (CostBlock.Marketing, 0.035m) })
            Assert.InRange(sheet.Of(block) - share * sheet.Total, -1m, 1m);
    }

    [Fact]
    public void TheLines_AddUpExactly_WhateverTheJob()
    {
        Random chance = new(7);
        for (int i = 0; i < 500; i++)
        {
            JobEffort effort = new(chance.Next(300), chance.Next(200), chance.Next(60_000), chance.Next(200_000), chance.Next(5_000));
            CostSheet sheet = CostSheet.Of(Book, effort);
            long direct = sheet.Of(CostBlock.Labour) + sheet.Of(CostBlock.Travel) + effort.Materials + effort.Freight;
            Assert.Equal(Math.Round(direct / 0.75m, MidpointRounding.AwayFromZero), sheet.Total);
            Assert.Equal(Enum.GetValues<CostBlock>(), sheet.Lines.Select(l => l.Block));
            Assert.All(sheet.Lines, l => Assert.True(l.Amount >= 0));
        }
        Assert.Equal(41_000, CostSheet.Of(Book with { Overhead = [] }, new JobEffort(0, 0, 0, 41_000, 0)).Total);
    }
}

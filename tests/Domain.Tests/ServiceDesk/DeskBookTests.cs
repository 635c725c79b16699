using Dispatch.Domain.Calendars;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Domain.Tests.ServiceDesk;

public class DeskBookTests
{
    private static readonly RuleFile BuiltIn = RuleFiles.BuiltIn("desk").Single();

    [Theory]
    [InlineData("\"seconds\": 30 }", "\"seconds\": 0 }", "promises.Hotline.seconds", "out_of_range")]
    [InlineData("\"kind\": \"hotline\"", "\"kind\": \"consultation\"", "promises.Hotline", "missing")]
    [InlineData("\"to\": \"20:00:00\"", "\"to\": \"09:00:00\"", "callBack.to", "out_of_range")]
    [InlineData("\"againAfterHours\": [3, 24]", "\"againAfterHours\": []", "callBack.againAfterHours", "empty")]
    [InlineData("\"mostTries\": 3", "\"mostTries\": 0", "callBack.mostTries", "out_of_range")]
    [InlineData("\"complaintAtMost\": 2", "\"complaintAtMost\": 6", "callBack.complaintAtMost", "out_of_range")]
    [InlineData("\"mostProposals\": 2", "\"mostProposals\": 0", "complaints.mostProposals", "out_of_range")]
    [InlineData("\"currency\": \"CNY\"", "\"currency\": \" \"", "complaints.currency", "empty")]
    [InlineData("\"currency\": \"CNY\"", "\"currency\": \"yuan\"", "complaints.currency", "unknown")]
    public void AFigureThatMakesNoSense_IsNamedByItsPlace(string right, string wrong, string path, string fault)
    {
        (DeskBook? book, Refusal? problem) = DeskBook.Read(BuiltIn with { Json = BuiltIn.Json.Replace(right, wrong, StringComparison.Ordinal) });
        Assert.Null(book);
        Assert.Equal("rules.invalid", problem!.Code);
        Assert.Contains(new Fact(path, fault), problem.Facts);
    }

    [Fact]
    public void AnotherFile_DecidesFromItsDayOn_AndNoEarlier_ByTheDaysOfTheHouse()
    {
        RuleFile later = new("later.json", BuiltIn.Json.Replace("2020-01-01", "2026-06-01", StringComparison.Ordinal).Replace("\"seconds\": 30 }", "\"seconds\": 20 }", StringComparison.Ordinal));
        (RuleShelf<DeskBook>? shelf, _) = RuleFiles.Load([BuiltIn, later], DeskBook.Read);
        DeskRules rules = new(shelf!, WallClock.Of("Asia/Shanghai"));
        int Seconds(string moment) => rules.At(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)).PromiseOf(ContactKind.Hotline).Seconds;
        Assert.Equal((30, 20, 20), (Seconds("2026-05-31T15:59:59Z"), Seconds("2026-05-31T16:00:00Z"), Seconds("2026-06-01T00:00:00+08:00")));
        Assert.Throws<InvalidOperationException>(() => Seconds("2019-12-31T00:00:00+08:00"));
    }

    [Fact]
    public void TheDayBegins_AtMidnightOfTheHouse()
    {
        DeskRules rules = new(DeskBook.BuiltIn, WallClock.Of("Asia/Shanghai"));
        Assert.Equal(new DateTimeOffset(2026, 5, 3, 16, 0, 0, TimeSpan.Zero), rules.BeginOf(new DateTimeOffset(2026, 5, 4, 1, 0, 0, TimeSpan.Zero)));
    }
}

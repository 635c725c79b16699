using Dispatch.Domain.Calendars;
using Dispatch.Domain.Messages;

namespace Dispatch.Domain.Tests.Messages;

public class MessageTextTests
{
    private static readonly WallClock Shanghai = WallClock.Of("Asia/Shanghai");
    private static readonly DateTimeOffset Six = new(2026, 5, 4, 6, 0, 0, TimeSpan.Zero);

    /// <summary>As long as they get in earnest: a public address of 28 characters and a whole token.</summary>
    private static readonly string Link = $"https://repair.example.com.cn/track/job_{new string('0', 26)}.{new string('a', 43)}";

    private static readonly MessageValues Full = new(new TimeWindow(Six, Six.AddMinutes(30)), "Wang Wei", "People's Square service point", Six.AddDays(3), "DP0123456789A", Link, $"{Link}/label",
        new Money(12_345_600, "CNY"), Six.AddHours(2));

    public static TheoryData<MessageTemplate> Templates => [.. MessageTemplates.All];

    [Theory]
    [MemberData(nameof(Templates))]
    public void EveryTemplate_IsWrittenInEveryLanguage_WithTheSameHoles(MessageTemplate template)
    {
        string[] holes = [.. MessageTexts.Holes(MessageTexts.Shared.Template(template, MessageLanguages.English)).Order()];
        foreach (string language in MessageLanguages.All)
        {
            string text = MessageTexts.Shared.Template(template, language);
            Assert.Equal(holes, MessageTexts.Holes(text).Order());
            Assert.Equal(text.Count(c => c == '{'), holes.Length);
        }
        Assert.Equal(3, MessageLanguages.All.Select(l => MessageTexts.Shared.Template(template, l)).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void EveryTemplate_IsRenderedWhole_AlsoWhereNamesAndTimesAreNotKnown(MessageTemplate template)
    {
        foreach (string language in MessageLanguages.All)
        {
            Assert.DoesNotContain('{', MessageTexts.Shared.Render(template, language, Full, Shanghai));
            string bare = MessageTexts.Shared.Render(template, language, new MessageValues(Link: Link, Label: Link), Shanghai);
            Assert.DoesNotContain('{', bare);
            Assert.DoesNotContain("  ", bare);
        }
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void NoMessage_CostsMoreThanItMust(MessageTemplate template)
    {
        foreach (string language in MessageLanguages.All)
        {
            string text = MessageTexts.Shared.Render(template, language, Full, Shanghai);
            bool linked = text.Contains(Link, StringComparison.Ordinal);
            Assert.True(SmsLength.Segments(text) <= (linked ? 3 : 1), $"{template} in {language}: {SmsLength.Segments(text)} for {text.Length} characters");
        }
    }

    [Fact]
    public void TheRequest_HoldsTheLink()
    {
        foreach (string language in MessageLanguages.All)
            Assert.Contains(Link, MessageTexts.Shared.Render(MessageTemplate.Requested, language, Full, Shanghai), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-Hans", 0.5, "Wang Wei已出发，预计5月4日14:00-14:30到达。实时位置： L")]
    [InlineData("zh-Hant", 0.5, "Wang Wei已出發，預計5月4日14:00-14:30抵達。即時位置： L")]
    [InlineData("en", 0.5, "Wang Wei is on the way, expected 4 May 14:00-14:30. Live: L")]
    [InlineData("en", 12, "Wang Wei is on the way, expected 4 May 14:00-5 May 02:00. Live: L")]
    public void Times_AreTheCustomersOwn(string language, double hours, string expected) =>
        Assert.Equal(expected, MessageTexts.Shared.Render(
            MessageTemplate.OnTheWay, language, new MessageValues(new TimeWindow(Six, Six.AddHours(hours)), "Wang Wei", Link: "L"), Shanghai));

    [Theory]
    [InlineData(null, "zh-Hans")]
    [InlineData("", "zh-Hans")]
    [InlineData("fr", "zh-Hans")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("zh-CN", "zh-Hans")]
    [InlineData("zh-Hans-HK", "zh-Hans")]
    [InlineData("zh-Hant", "zh-Hant")]
    [InlineData("zh_TW", "zh-Hant")]
    [InlineData("en", "en")]
    [InlineData("EN-gb", "en")]
    public void Language_IsTheNearestOfOurs(string? tag, string expected) => Assert.Equal(expected, MessageLanguages.Of(tag));

    [Theory]
    [InlineData(0, 'a', 0)]
    [InlineData(160, 'a', 1)]
    [InlineData(161, 'a', 2)]
    [InlineData(306, 'a', 2)]
    [InlineData(307, 'a', 3)]
    [InlineData(80, '€', 1)]
    [InlineData(81, '€', 2)]
    [InlineData(70, '您', 1)]
    [InlineData(71, '您', 2)]
    [InlineData(134, '您', 2)]
    [InlineData(135, '您', 3)]
    public void Segments_AreCountedAsNetworksCount(int characters, char of, int expected) => Assert.Equal(expected, SmsLength.Segments(new string(of, characters)));
}

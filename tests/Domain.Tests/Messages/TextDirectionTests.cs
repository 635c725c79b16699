using Dispatch.Domain.Calendars;
using Dispatch.Domain.Messages;

namespace Dispatch.Domain.Tests.Messages;

/// <summary>A name in a right-to-left script stands by itself in a message; any other costs nothing more.</summary>
public class TextDirectionTests
{
    [Theory]
    [InlineData("Li Wei", "Li Wei")]
    [InlineData("\u674E\u4F1F", "\u674E\u4F1F")]
    [InlineData("\u0639\u0644\u064A 2", "\u2068\u0639\u0644\u064A 2\u2069")]
    [InlineData("\u05D0\u05D1\u05D2", "\u2068\u05D0\u05D1\u05D2\u2069")]
    [InlineData("\u202Eiew iL", "\u2068\u202Eiew iL\u2069")]
    public void Isolate_WrapsOnlyWhatTurnsText(string name, string expected) => Assert.Equal(expected, TextDirection.Isolate(name));

    [Fact]
    public void NameInAMessage_IsIsolated()
    {
        string text =
            MessageTexts.Shared.Render(MessageTemplate.Arrived, MessageLanguages.English,
            new MessageValues(Technician: "\u0639\u0644\u064A"), WallClock.Utc);
        Assert.Equal("\u2068\u0639\u0644\u064A\u2069 has arrived at your address.", text);
    }
}

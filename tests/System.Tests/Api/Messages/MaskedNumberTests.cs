using Dispatch.Api.Messages;

namespace Dispatch.SystemTests.Api.Messages;

public sealed class MaskedNumberTests
{
    [Theory]
    [InlineData("13912345678", "139****5678")]
    [InlineData("+86 139 1234 5678", "+861****5678")]
    [InlineData("(021) 5555-01", "****01")]
    [InlineData("1234567", "****67")]
    [InlineData("123456", "****")]
    [InlineData("call me", "****")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void ANumber_CanBeRecognisedAndNotCalled(string? number, string expected) => Assert.Equal(expected, MaskedNumber.Of(number));
}

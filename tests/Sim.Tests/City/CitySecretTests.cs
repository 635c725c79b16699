using Dispatch.Sim.City.Setup;

namespace Sim.Tests.City;

public sealed class CitySecretTests
{
    [Fact]
    public void AFolderKeepsItsSecret_AndOnlyItsOwnerReadsIt()
    {
        string folder = Directory.CreateTempSubdirectory("city-secret-").FullName;
        try
        {
            string password = CitySecret.Open(folder).PasswordOf("full001");
            Assert.Equal(password, CitySecret.Open(folder).PasswordOf("full001"));
            Assert.NotEqual(password, CitySecret.Open(folder).PasswordOf("full002"));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, CitySecret.FileName)));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Theory]
    [InlineData("00")]
    [InlineData("no secret at all")]
    public void AnythingElse_IsRefused(string text) => Assert.Throws<FormatException>(() => CitySecret.Of(text));
}

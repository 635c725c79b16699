using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Sim.City.Setup;

/// <summary>
/// One secret from which the passwords of everybody whom the city plays follow, so that it can go on after a restart without keeping three hundred of them. Whoever has it can sign in
/// as any of them.
/// </summary>
public sealed class CitySecret
{
    /// <summary>Where a data folder keeps it.</summary>
    public const string FileName = "city-secret";

    private const int Length = 32;

    private readonly byte[] key;

    private CitySecret(byte[] key) => this.key = key;

    /// <summary>The secret of a data folder, made where there is none; readable by its owner only.</summary>
    public static CitySecret Open(string folder)
    {
        string file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using FileStream stream = new(file, options);
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(Length))));
        }
        return Of(File.ReadAllText(file));
    }

    /// <param name="hex">64 hexadecimal digits.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static CitySecret Of(string hex)
    {
        byte[] key = Convert.FromHexString(hex.Trim());
        return key.Length == Length ? new CitySecret(key) : throw new FormatException($"The secret of a city is {Length} bytes, {2 * Length} hexadecimal digits.");
    }

    /// <summary>144 bits that follow from the secret and the user's name.</summary>
    public string PasswordOf(string user) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("account:" + user))[..18]).Replace('+', '-').Replace('/', '_');
}

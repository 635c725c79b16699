using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage;
using Dispatch.Storage.Schema;
using Microsoft.Extensions.Options;

namespace Dispatch.Silo.Hosting;

/// <summary>What can be wrong around a program and not in it: whoever starts it needs the sentence and not where in the program it was found.</summary>
internal static class StartFailure
{
    /// <summary>The sentence, or null for anything else.</summary>
    public static string? Find(Exception failure) => failure switch
    {
        StorageUnavailableException or SchemaException or IOException or UnauthorizedAccessException => failure.Message,
        OptionsValidationException settings => string.Join(" ", settings.Failures),
        _ => null,
    };
}

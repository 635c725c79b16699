using System.Text.Json;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage.Grains;

/// <summary>Makes Orleans' ADO.NET provider write records as the rest of the product does.</summary>
public sealed class GrainStateJson : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, StorageJson.Options));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, StorageJson.Options);
}

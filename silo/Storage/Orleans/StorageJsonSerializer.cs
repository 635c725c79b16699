using System.Text.Json;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage.Orleans;

/// <summary>Makes Orleans' ADO.NET provider write records as this product does: set it as <c>GrainStorageSerializer</c>.</summary>
public sealed class StorageJsonSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, StorageJson.Options));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, StorageJson.Options);
}

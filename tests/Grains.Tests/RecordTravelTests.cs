using System.Text.Json;
using Dispatch.Grains.Contracts.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Dispatch.Grains.Tests;

/// <summary>A silo that leaves hands its activations' records to those that stay; a record it could not write would be read anew.</summary>
public sealed class RecordTravelTests
{
    [Fact]
    public void ARecord_TravelsWithTheFieldsItDoesNotKnow()
    {
        using ServiceProvider services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        Serializer serializer = services.GetRequiredService<Serializer>();
        const string Stored = """{"state":"s","version":3,"later":{"a":[1,null,"x"]},"flag":true}""";
        GrainRecord<string, string, string> record = JsonSerializer.Deserialize<GrainRecord<string, string, string>>(Stored, JsonSerializerOptions.Web)!;
        record.Unknown!["none"] = default;
        byte[] bytes = serializer.SerializeToArray(record);
        GrainRecord<string, string, string> arrived = serializer.Deserialize<GrainRecord<string, string, string>>(bytes)!;
        Assert.Equal(("s", 3), (arrived.State, arrived.Version));
        Assert.Equal("""{"a":[1,null,"x"]}""", arrived.Unknown!["later"].GetRawText());
        Assert.True(arrived.Unknown["flag"].GetBoolean());
        Assert.Equal(JsonValueKind.Undefined, arrived.Unknown["none"].ValueKind);
    }
}

using Microsoft.OpenApi;

namespace Dispatch.Api.OpenApi;

/// <summary>
/// Says in the machine-readable contract that request bodies take no other members than those named, at every depth;
/// <see cref="Input.BodyNames"/> holds requests to it. Answers stay open: members are added to them.
/// </summary>
internal static class ClosedBodies
{
    public static void Close(OpenApiDocument document)
    {
        HashSet<OpenApiSchema> closed = [];
        foreach (OpenApiOperation operation in document.Paths.Values.SelectMany(path => Each(path.Operations)))
            foreach (OpenApiMediaType media in Each(operation.RequestBody?.Content))
                Close(media.Schema, closed);
    }

    private static void Close(IOpenApiSchema? schema, HashSet<OpenApiSchema> closed)
    {
        OpenApiSchema? shape = schema is OpenApiSchemaReference { RecursiveTarget: { } target } ? target : schema as OpenApiSchema;
        if (shape is null || !closed.Add(shape))
            return;
        if (shape.Type?.HasFlag(JsonSchemaType.Object) == true && shape.AdditionalProperties is null)
            shape.AdditionalPropertiesAllowed = false;
        IOpenApiSchema?[] parts = [.. Each(shape.Properties), .. shape.OneOf ?? [], .. shape.AnyOf ?? [], .. shape.AllOf ?? [], shape.Items];
        foreach (IOpenApiSchema? part in parts)
            Close(part, closed);
    }

    private static IEnumerable<TValue> Each<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>>? named) =>
        (named ?? []).Select(n => n.Value);
}

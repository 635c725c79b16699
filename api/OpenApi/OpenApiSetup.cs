using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;
using Dispatch.Api.Access;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Api.Streams;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Dispatch.Api.OpenApi;

/// <summary>The machine-readable contract at <c>/openapi/v1.json</c>: what handlers cannot say by their types.</summary>
internal static class OpenApiSetup
{
    private const string Bearer = "bearer";

    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Dispatch", Version = "v1", Description = "Jobs, technicians, zones and their streams. What this form cannot say (order, repetition, push) is in docs/api.md." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The access token of a sign-in, or the tracking token of one job.",
            };
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            ClosedBodies.Close(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(Complete);
        options.AddSchemaTransformer(Correct);
    });

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<AccessMetadata>().FirstOrDefault() is { Act: var act } && AccessPolicy.Decide(Role.Anonymous, act, own: true) is not null)
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        operation.Parameters ??= [];
        foreach (string name in metadata.OfType<ListParametersMetadata>().SelectMany(m => m.Names))
        {
            (string meaning, bool isNumber) = ListParameters.Describe(name);
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = meaning,
                Schema = new OpenApiSchema { Type = isNumber ? JsonSchemaType.Integer : JsonSchemaType.String },
            });
        }
        if (string.Equals(context.Description.HttpMethod, "POST", StringComparison.OrdinalIgnoreCase) && context.Description.RelativePath != "v1/sign-in")
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "1–200 visible ASCII characters. The same key and body: the same answer again. The same key with anything else: 422 operation.key_reused.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 200 },
            });
        foreach ((string status, IOpenApiResponse response) in operation.Responses ?? [])
            if (status[0] is '4' or '5' && response is OpenApiResponse refusal)
                refusal.Description = "Refused; `code` says why";
        return Task.CompletedTask;
    }

    /// <summary>
    /// Requests say by attribute what they need; answers leave out what is null, so that only what is never null is always there. JSON that is written by hand is an object
    /// of any shape.
    /// </summary>
    private static Task Correct(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonTypeInfo.Type == typeof(RawJson))
        {
            schema.Type = JsonSchemaType.Object;
            schema.AdditionalPropertiesAllowed = true;
        }
        if (schema.Properties is not { Count: > 0 } properties || context.JsonTypeInfo.Kind != JsonTypeInfoKind.Object)
            return Task.CompletedTask;
        schema.Required = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonPropertyInfo property in context.JsonTypeInfo.Properties)
        {
            if (property.IsGetNullable && property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) != true)
                continue;
            schema.Required.Add(property.Name);
            if (properties.TryGetValue(property.Name, out IOpenApiSchema? shape) && shape is OpenApiSchema { Type: { } type } plain)
                plain.Type = type & ~JsonSchemaType.Null;
        }
        return Task.CompletedTask;
    }
}

using System.Security.Cryptography;
using System.Text;
using Dapper;
using Dispatch.Api.Access;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Api.ServiceDesk;

/// <summary>Whom a contact is with. Personal data, erasable.</summary>
public sealed record DeskPersonView(string? Name, string? Phone, string? Language);

/// <summary>Names and words of the service desk: personal data, in rows of their own so that they can be erased, and in no event.</summary>
internal sealed class DeskTexts(IDatabase database, TrackingTokens marks)
{
    private sealed record Row(string Id, string? Text);

    /// <summary>
    /// Writes what an operation is about to say about a thing. Durable at the reply. The row follows from the operation and its digest, so that a repetition finds it and the same key with
    /// other words does not touch it.
    /// </summary>
    /// <returns>Null where nothing is said.</returns>
    public async Task<DeskText?> Put(TenantId tenant, string thing, Operation operation, string? words, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(words))
            return null;
        string text = words.Trim();
        DeskText said = new(IdOf(operation), marks.Mark(text));
        await database.Write((connection, transaction) => connection.Execute(
            "INSERT INTO desk_text (tenant, thing, id, text) VALUES (@tenant, @thing, @id, @text) ON CONFLICT (tenant, thing, id) DO NOTHING",
            new { tenant = tenant.Value, thing, id = said.Id, text }, transaction), cancellation);
        return said;
    }

    /// <summary>Takes back words of an operation that was refused.</summary>
    public Task Drop(TenantId tenant, string thing, DeskText text, CancellationToken cancellation) => database.Write((connection, transaction) => connection.Execute(
        "DELETE FROM desk_text WHERE tenant = @tenant AND thing = @thing AND id = @id", new { tenant = tenant.Value, thing, id = text.Id }, transaction), cancellation);

    /// <summary>The words there are of a thing, by the id events name them with.</summary>
    public Task<Dictionary<string, string>> Of(TenantId tenant, string thing, CancellationToken cancellation) => database.Read(connection => connection
        .Query<Row>("SELECT id AS Id, text AS Text FROM desk_text WHERE tenant = @tenant AND thing = @thing AND erased_at IS NULL", new { tenant = tenant.Value, thing })
        .Where(row => row.Text is not null).ToDictionary(row => row.Id, row => row.Text!, StringComparer.Ordinal), cancellation);

    /// <summary>Writes whom a contact is with. Durable at the reply; the first one written stays.</summary>
    public Task PutPerson(TenantId tenant, string thing, DeskPersonView person, CancellationToken cancellation) => database.Write((connection, transaction) => connection.Execute(
        "INSERT INTO desk_person (tenant, thing, name, phone, language) VALUES (@tenant, @thing, @Name, @Phone, @Language) ON CONFLICT (tenant, thing) DO NOTHING",
        new { tenant = tenant.Value, thing, person.Name, person.Phone, person.Language }, transaction), cancellation);

    /// <summary>The person, or null if none was given or it has been erased.</summary>
    public Task<DeskPersonView?> Person(TenantId tenant, string thing, CancellationToken cancellation) => database.Read(connection => connection.QuerySingleOrDefault<DeskPersonView>(
        "SELECT name AS Name, phone AS Phone, language AS Language FROM desk_person WHERE tenant = @tenant AND thing = @thing AND erased_at IS NULL", new { tenant = tenant.Value, thing }), cancellation);

    private static string IdOf(Operation operation) =>
        $"text_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{operation.Id.Value}\n{operation.Digest}")))[..32]}";
}

using System.Text;
using Dispatch.Api.Access;
using Dispatch.Api.Audit;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServiceDesk;

namespace Dispatch.Api.ServiceDesk;

/// <summary>A thing of the service desk right after a command.</summary>
/// <param name="Token">Given to a list, the list shows at least this change.</param>
/// <param name="ContactToken">The right to this one contact; only in the answer to its opening.</param>
/// <param name="Warnings">What of the request was taken and may still not be meant.</param>
public sealed record DeskReplyView(string Id, string Status, long Version, string Token, string? ContactToken = null,
    IReadOnlyList<WarningView>? Warnings = null);

/// <summary>
/// The one path of a command to the desk: words first, into their erasable row; then the thing decides; then the audit. A refused command leaves no words behind. The audit is written after
/// every answer that is a yes, also a repeated one: rather twice than not at all, and both name the operation.
/// </summary>
internal sealed class DeskCommands(DeskTexts texts, AuditLog audit)
{
    /// <param name="kind">As change tokens name it, for example <c>contact</c>.</param>
    /// <param name="step">What is done, for the audit.</param>
    public async Task<(DeskReplyView? Reply, Refused? Refused)> Run(
        Caller caller, string kind, string id, string step, string? words, Operation operation, Func<DeskText?, Task<DeskReply>> command, CancellationToken cancellation)
    {
        DeskText? text = await texts.Put(caller.Tenant, id, operation, words, cancellation);
        DeskReply reply = await command(text);
        if (reply.Refusal is { } refusal)
        {
            if (text is not null)
                await texts.Drop(caller.Tenant, id, text, cancellation);
            return (null, Refused.Of(refusal));
        }
        await audit.Write(caller, $"{kind}.{step}", id, Encoding.UTF8.GetBytes(operation.Id.Value));
        return (new DeskReplyView(id, reply.Status!, reply.Version, new ChangeToken(kind, id, reply.Version).ToString()), null);
    }
}

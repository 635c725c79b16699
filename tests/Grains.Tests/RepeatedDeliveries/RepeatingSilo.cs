using System.Collections.Concurrent;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Messages;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Technicians.Patches;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Grains.Tests.RepeatedDeliveries;

/// <summary>
/// A host in which no outbox is heard at the first time: what it tells another grain is carried out, and the answer is lost. So each delivery comes at least twice, and everything
/// told before it in the same round comes again as well.
/// </summary>
public sealed class RepeatingSilo : SqliteSilo
{
    private readonly LostAnswers answers = new();

    public RepeatingSilo() => Rigged = services => services.AddSingleton<IIncomingGrainCallFilter>(answers);

    /// <summary>How often each kind of command from an outbox arrived, and how many different ones there were.</summary>
    public IReadOnlyDictionary<Type, (int Deliveries, int Commands)> Deliveries => answers.Counts();

    private sealed class LostAnswers : IIncomingGrainCallFilter
    {
        private static readonly HashSet<Type> FromOutboxes =
        [
            typeof(ReleaseSlot), typeof(RecordProgress), typeof(FinishSlot), typeof(ConfirmBench), typeof(ReleaseBench), typeof(FinishBenchSlot), typeof(ConfirmVisit), typeof(ReleaseVisit),
            typeof(SettleVisit), typeof(RecordService), typeof(SwapDevice), typeof(BeginAsReplacement), typeof(PlanCallBack), typeof(OpenCase), typeof(SettleMove), typeof(QueueMessage),
        ];

        private readonly ConcurrentDictionary<(Type Kind, string Command), int> delivered = [];

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (context.InterfaceMethod.Name != "Execute" || context.SourceId is not { } source || !IsToldByOutbox(source.ToString(), context.Request.GetArgument(0)))
                return;
            object command = context.Request.GetArgument(0)!;
            if (delivered.AddOrUpdate((command.GetType(), $"{context.TargetId} {command}"), 1, (_, before) => before + 1) == 1)
                throw new TimeoutException("the answer is lost");
        }

        public IReadOnlyDictionary<Type, (int, int)> Counts() => delivered.GroupBy(d => d.Key.Kind).ToDictionary(kind => kind.Key, kind => (kind.Sum(d => d.Value), kind.Count()));

        /// <summary>A grain that asks within its own turn, and not by its outbox, would fail with its command: that is another test's matter.</summary>
        private static bool IsToldByOutbox(string source, object? command) =>
            (source.StartsWith("job/", StringComparison.Ordinal) || source.StartsWith("callback/", StringComparison.Ordinal) || source.StartsWith("device/", StringComparison.Ordinal) || source.StartsWith("intent/", StringComparison.Ordinal))
            && command is not null && (FromOutboxes.Contains(command.GetType()) || (command is SettlePatch && source.StartsWith("intent/", StringComparison.Ordinal)));
    }
}

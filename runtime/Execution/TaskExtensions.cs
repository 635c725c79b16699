namespace Dispatch.Runtime;

internal static class TaskExtensions
{
    /// <summary>States that the task handles its own failures and nobody waits for it.</summary>
    public static void Forget(this Task task) => _ = task;
}

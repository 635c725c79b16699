namespace Dispatch.Grains.Contracts;

/// <summary>A grain cannot say whether what it was asked has happened. Repeat it under the same operation id: the answer is that of the first time, if there was one.</summary>
[GenerateSerializer, Alias("dispatch.outcomeUnknownException")]
public sealed class OutcomeUnknownException : OrleansException
{
    public OutcomeUnknownException() { }
    public OutcomeUnknownException(string message) : base(message) { }
    public OutcomeUnknownException(string message, Exception? innerException) : base(message, innerException!) { }
}

namespace Dispatch.Runtime;

/// <summary>Base of the failures the engine itself raises.</summary>
public class OrleansException : Exception
{
    public OrleansException() { }
    public OrleansException(string message) : base(message) { }
    public OrleansException(string message, Exception? innerException) : base(message, innerException) { }
}

/// <summary>The engine refused to carry a call; it did not run.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message) : base(message) { }
}

/// <summary>The host is stopping or gone. Whether the call ran is unknown when it had been sent.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    internal SiloUnavailableException(string message) : base(message) { }
}

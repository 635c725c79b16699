namespace Dispatch.Runtime;

/// <summary>Anything a call can be addressed to: a grain, a reference to one, an observer.</summary>
public interface IAddressable;

/// <summary>Base of every grain interface. Methods return Task, Task&lt;T&gt;, ValueTask or ValueTask&lt;T&gt;.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain identified by a text.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>
/// An object outside the grains that grains may call. The host holds it weakly: whoever registers it keeps it
/// alive. Delivery is best effort.
/// </summary>
public interface IGrainObserver : IAddressable;

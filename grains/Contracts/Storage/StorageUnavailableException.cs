namespace Dispatch.Grains.Contracts.Storage;

/// <summary>
/// The database could not do what was asked: disk full, read-only, locked by another process, I/O error, shutting down. A write that ends
/// so has not been acknowledged; after a failed commit it may still turn out to be there, so repeat it under the same operation id.
/// </summary>
[GenerateSerializer, Alias("dispatch.storageUnavailableException")]
public sealed class StorageUnavailableException : OrleansException
{
    public StorageUnavailableException() { }
    public StorageUnavailableException(string message) : base(message) { }
    public StorageUnavailableException(string message, Exception? innerException) : base(message, innerException!) { }
}

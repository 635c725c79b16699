namespace Dispatch.Storage.Schema;

/// <summary>The tables found are not those this version works with; the message says what to do.</summary>
public sealed class SchemaException(string message) : Exception(message);

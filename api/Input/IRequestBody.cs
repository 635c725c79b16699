namespace Dispatch.Api.Input;

/// <summary>A request body. Every property is nullable, so that what is missing is told apart from what is wrong.</summary>
public interface IRequestBody
{
    /// <summary>Names every fault of the content: presence, length, range, known words. Touches nothing else.</summary>
    void Validate(Check check);
}

/// <summary>A body that may be left out; nothing then means an object without properties.</summary>
public interface IOptionalRequest : IRequestBody;

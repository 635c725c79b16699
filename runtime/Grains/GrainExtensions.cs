namespace Dispatch.Runtime;

public static class GrainExtensions
{
    /// <summary>The key of a grain or of a reference to one.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase instance => instance.GrainContext.GrainId,
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>A reference of the wanted interface: what a grain passes on instead of <c>this</c>.</summary>
    /// <remarks>An observer object must be registered by <see cref="IGrainFactory.CreateObjectReference{T}"/> instead.</remarks>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
    {
        GrainReference reference => (TGrainInterface)(object)reference.Cast(typeof(TGrainInterface)),
        IGrainBase { GrainContext: Activation activation } =>
            (TGrainInterface)(object)GrainReference.Create(typeof(TGrainInterface), activation.GrainId, activation.Host),
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();
}

using System.Buffers;

namespace Dispatch.Domain.Messages;

/// <summary>What a text costs as short messages: GSM 7-bit if every character is in its alphabet, else UCS-2 (3GPP TS 23.038, 23.040).</summary>
public static class SmsLength
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Characters that take two places.</summary>
    private const string Extended = "^{}\\[~]|€";

    private static readonly SearchValues<char> Gsm = SearchValues.Create(Basic + Extended), Double = SearchValues.Create(Extended);

    /// <summary>How many short messages the text is sent as; 0 for an empty one.</summary>
    public static int Segments(string text)
    {
        bool gsm = text.AsSpan().IndexOfAnyExcept(Gsm) < 0;
        int length = gsm ? text.Length + text.AsSpan().CountAny(Double) : text.Length;
        (int alone, int each) = gsm ? (160, 153) : (70, 67);
        return length == 0 ? 0 : length <= alone ? 1 : (length + each - 1) / each;
    }
}

using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Dispatch.Api.Reading;

/// <summary>Where a list goes on: the order's columns of the last row shown. Opaque to clients, and no secret.</summary>
internal readonly record struct PageCursor(long SortAt, string Id)
{
    public static PageCursor Of(StoredView last) => new(last.SortAt, last.Id);

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{SortAt}:{Id}")));

    public static PageCursor? Find(string text)
    {
        if (text.Length > 200 || !Base64Url.IsValid(text))
            return null;
        string plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        int colon = plain.IndexOf(':');
        return colon > 0 && long.TryParse(plain.AsSpan(0, colon), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long sortAt)
            ? new PageCursor(sortAt, plain[(colon + 1)..])
            : null;
    }
}

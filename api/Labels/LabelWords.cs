namespace Dispatch.Api.Labels;

/// <summary>The few words of a label, by the customer's language.</summary>
internal sealed record LabelWords(string Inbound, string Return, string From, string To, string Job, string Contents, string Advice)
{
    private static readonly LabelWords English = new("Mail-in repair", "Return", "From", "To", "Job", "One device for repair", "Stick flat on the parcel. Both codes must be readable.");
    private static readonly LabelWords Hans = new("寄修", "返还", "寄件", "收件", "单号", "维修设备一台", "平整贴在包裹上，两个码都须清晰可扫。");
    private static readonly LabelWords Hant = new("寄修", "返還", "寄件", "收件", "單號", "維修裝置一台", "平整貼在包裹上，兩個碼都須清晰可掃。");

    public static LabelWords In(string? language) => language switch
    {
        "zh-Hans" => Hans,
        "zh-Hant" => Hant,
        _ => English,
    };
}

namespace Dispatch.Api.Labels;

/// <summary>The few words of a label, by the customer's language; the same for a repair and for a unit that another was sent for.</summary>
internal sealed record LabelWords(string Inbound, string Return, string From, string To, string Job, string Contents, string Advice)
{
    private static readonly LabelWords English = new("To the service point", "Return", "From", "To", "Job", "One device", "Stick flat on the parcel. Both codes must be readable.");
    private static readonly LabelWords Hans = new("送往服务点", "返还", "寄件", "收件", "单号", "设备一台", "平整贴在包裹上，两个码都须清晰可扫。");
    private static readonly LabelWords Hant = new("送往服務點", "返還", "寄件", "收件", "單號", "裝置一台", "平整貼在包裹上，兩個碼都須清晰可掃。");

    public static LabelWords In(string? language) => language switch
    {
        "zh-Hans" => Hans,
        "zh-Hant" => Hant,
        _ => English,
    };
}

namespace Dispatch.Sim.City.Plan;

/// <summary>Names for people. Made up of common ones; nobody is meant.</summary>
public static class Names
{
    private static readonly string[] Family =
        ["Li", "Wang", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu", "Xu", "Sun", "Ma", "Zhu", "Hu", "Guo", "He", "Lin", "Gao", "Luo", "Zheng", "Liang", "Xie", "Song", "Tang", "Han", "Feng", "Deng", "Cao", "Peng"];

    private static readonly string[] Given =
    [
        "Na", "Wei", "Min", "Yang", "Jie", "Fan", "Lei", "Ying", "Tao", "Xia", "Peng", "Mei", "Chao", "Lin", "Bin", "Yan", "Hao", "Jing", "Qiang", "Fang", "Ning", "Kai", "Yu", "Rui", "Xin", "Bo", "Lan", "Gang", "Shan", "Hui",
        "Zixuan", "Haoran", "Yichen", "Siyu", "Mengyao", "Jiahao", "Wenjing", "Tianyi",
    ];

    /// <summary>The first sixteen are those of the small demo, whose names are in pictures and tests.</summary>
    public static readonly string[] Visitors =
        ["Li Na", "Wang Wei", "Zhang Min", "Liu Yang", "Chen Jie", "Yang Fan", "Zhao Lei", "Huang Ying", "Zhou Tao", "Wu Xia", "Xu Peng", "Sun Mei", "Ma Chao", "Zhu Lin", "Hu Bin", "Guo Yan"];

    public static string Any(Random random) => $"{random.Pick(Family)} {random.Pick(Given)}";
}

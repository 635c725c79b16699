using System.Text;
using Dispatch.Sim.Client.Hub;

namespace Sim.Tests.Client;

public sealed class RecordSplitterTests
{
    private static readonly string[] Records = ["{}", "{\"type\":6}", "{\"type\":1,\"target\":\"head\",\"arguments\":[\"zone/ä€\",7]}", "{\"type\":6}"];

    private static byte[] Bytes => Encoding.UTF8.GetBytes(string.Concat(Records.Select(r => r + '\u001e')));

    [Fact]
    public void SeveralRecordsInOneFrame_ComeOutInOrder() =>
        Assert.Equal(Records, Texts(new RecordSplitter().Push(Bytes)));

    [Fact]
    public void AnyCutIntoTwoFrames_GivesTheSameRecords()
    {
        for (int cut = 0; cut <= Bytes.Length; cut++)
        {
            RecordSplitter splitter = new();
            List<byte[]> got = [.. splitter.Push(Bytes.AsSpan(0, cut)), .. splitter.Push(Bytes.AsSpan(cut))];
            Assert.Equal(Records, Texts(got));
            Assert.Equal(0, splitter.PendingBytes);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void FramesOfAFewBytes_GiveTheSameRecords(int size)
    {
        RecordSplitter splitter = new();
        Assert.Equal(Records, Texts([.. Bytes.Chunk(size).SelectMany(c => splitter.Push(c))]));
    }

    [Fact]
    public void RecordWithoutEnd_IsKeptUntilItsEndComes()
    {
        RecordSplitter splitter = new();
        Assert.Empty(splitter.Push("{\"type\""u8));
        Assert.Equal(7, splitter.PendingBytes);
        Assert.Equal(["{\"type\":6}"], Texts(splitter.Push(":6}\u001e"u8)));
    }

    [Fact]
    public void EmptyRecords_AreDropped() => Assert.Equal(["a"], Texts(new RecordSplitter().Push("\u001e\u001ea\u001e\u001e"u8)));

    [Fact]
    public void RecordBeyondTheLimit_IsRefused()
    {
        RecordSplitter splitter = new(maxRecordBytes: 4);
        Assert.Equal(["abcd"], Texts(splitter.Push("abcd\u001e"u8)));
        splitter.Push("abc"u8);
        Assert.Throws<HubProtocolException>(() => splitter.Push("de"u8));
    }

    private static string[] Texts(IReadOnlyList<byte[]> records) => [.. records.Select(Encoding.UTF8.GetString)];
}

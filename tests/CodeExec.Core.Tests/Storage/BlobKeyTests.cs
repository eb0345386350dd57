using CodeExec.Core.Storage;

namespace CodeExec.Core.Tests.Storage;

public sealed class BlobKeyTests
{
    [Theory]
    [InlineData("main.py", "main.py")]
    [InlineData("Main.PY", "_4dain._50_59")]
    [InlineData("..", "_2e.")]
    [InlineData(".", "_2e")]
    [InlineData("a/b", "a_2fb")]
    [InlineData("_", "_5f")]
    [InlineData("", "_")]
    [InlineData("\0", "_00")]
    [InlineData("日", "_e6_97_a5")]
    public void Segment_Name_IsOneSafeSegment(string name, string expected) => Assert.Equal(expected, BlobKey.Segment(name));

    [Fact]
    public void Segment_RandomNames_AreValidAndDiffer()
    {
        Random random = new(7);
        Dictionary<string, string> names = [];
        for (int i = 0; i < 10_000; i++)
        {
            string name = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "aA._-/\\\0 é2e5f"[random.Next(14)]));

            string segment = BlobKey.Segment(name);

            BlobKey.Require("x/" + segment);
            Assert.DoesNotContain('/', segment);
            Assert.Equal(name, names.TryGetValue(segment, out string? known) ? known : name);
            names[segment] = name;
        }
        Assert.True(names.Count > 1000);
    }
}

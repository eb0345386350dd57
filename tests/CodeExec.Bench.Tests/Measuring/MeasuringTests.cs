using CodeExec.Bench.Measuring;
using CodeExec.Bench.Report;

namespace CodeExec.Bench.Tests.Measuring;

public sealed class MeasuringTests
{
    [Theory]
    [InlineData(50, 50)]
    [InlineData(95, 95)]
    [InlineData(99, 99)]
    [InlineData(99.5, 100)]
    public void Percentile_OfAHundredValues_IsOneOfThem(double percent, double expected)
    {
        Samples samples = new();
        foreach (int ms in Enumerable.Range(1, 100).Reverse())
        {
            samples.Add(TimeSpan.FromMilliseconds(ms));
        }

        Assert.Equal(expected, samples.Percentile(percent));
    }

    [Fact]
    public void Percentile_OfNothing_IsNoNumber() => Assert.True(double.IsNaN(new Samples().Median));

    [Fact]
    public void Interleaved_TwoSides_TakeTurnsWhoseFirstRunIsNotCounted()
    {
        List<char> order = [];

        (Samples server, Samples bare) = Interleaved.Measure(15, () => order.Add('s'), () => order.Add('b'), TimeProvider.System, CancellationToken.None);

        Assert.Equal((15, 15), (server.Count, bare.Count));
        Assert.Equal(new string('s', 11) + new string('b', 11) + new string('s', 6) + new string('b', 6), string.Concat(order));
    }

    [Fact]
    public void ClosedLoop_AWorkerThatFails_MakesItVoid()
    {
        Action[] workers = [() => { }, () => throw new BenchFailedException("wrong answer")];

        Assert.Equal("wrong answer", Assert.Throws<BenchFailedException>(() => ClosedLoop.PerSecond(workers, TimeSpan.FromMinutes(1), TimeProvider.System)).Message);
    }

    [Fact]
    public void Table_InMarkdown_IsAligned()
    {
        Table table = new("Title", "a", "bbbb") { Note = "Note." };
        table.Add("long name", "1");

        Assert.Equal("### Title\n\nNote.\n\n| a         | bbbb |\n| --------- | ---: |\n| long name |    1 |\n\n", table.ToString());
    }
}

using CodeExec.Containers.Cells.Cgroups;
using CodeExec.Contracts.Time;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Tests;

public sealed class CgroupShelfTests : IDisposable
{
    private static readonly ContainerLimits Limits = new(256 << 20, 64, 1);

    private readonly ManualTimeProvider _clock = new();
    private readonly PlainFolders _layout = new();
    private readonly CgroupShelf _shelf;

    public CgroupShelfTests() => _shelf = new CgroupShelf(_clock);

    [Fact]
    public void Take_AfterOneWasKept_IsTheSameAgain()
    {
        CellCgroup first = _shelf.Take(_layout, Limits)!;
        Assert.True(_shelf.TryKeep(first));

        Assert.Same(first, _shelf.Take(_layout, Limits));
        Assert.NotSame(first, _shelf.Take(_layout, Limits));
    }

    [Fact]
    public void TryKeep_AfterABurst_KeepsAllForAMinuteAndThenFewOfWhatNobodyNeeds()
    {
        List<CellCgroup> burst = [.. Enumerable.Range(0, 20).Select(_ => _shelf.Take(_layout, Limits)!)];
        Assert.All(burst, cgroup => Assert.True(_shelf.TryKeep(cgroup)));

        _clock.Advance(TimeSpan.FromMinutes(2));
        int kept = 20;
        for (int i = 0; i < 20; i++)
        {
            kept -= _shelf.TryKeep(_shelf.Take(_layout, Limits)!) ? 0 : 1;
        }

        Assert.Equal(8, kept);
    }

    [Fact]
    public void TryKeep_MoreThanAnybodyCanNeed_IsFalse()
    {
        List<CellCgroup> many = [.. Enumerable.Range(0, 65).Select(_ => _shelf.Take(_layout, Limits)!)];

        Assert.Equal(64, many.Count(_shelf.TryKeep));
    }

    public void Dispose()
    {
        _shelf.Dispose();
        _layout.Dispose();
    }

    private sealed class PlainFolders : CgroupLayout, IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("codeexec-shelf-").FullName;

        public PlainFolders() => File.WriteAllText(OutOfMemoryFile(""), "oom_kill 0\n");

        public override string RunnerOption => "";

        public override IReadOnlyList<string> Roots => [_folder];

        public override IReadOnlyList<string> Folders(string cell) => [Path.Combine(_folder, cell)];

        public override IReadOnlyList<string> CounterFiles(string cell) => [];

        public override string OutOfMemoryFile(string cell) => Path.Combine(_folder, "memory.events");

        public override IEnumerable<(string File, string Value)> Settings(string cell, ContainerLimits limits) => [];

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}

using System.Diagnostics;
using System.IO.Compression;

namespace CodeExec.House.Tests.BannedSymbols;

public class BannedSymbolsTests
{
    /// <summary>Not read, each with its reason.</summary>
    private static readonly Dictionary<string, string> Excepted = new()
    {
        ["CodeExec.Runner"] = "native code, alone in a jail: it measures and ends programs by the kernel's monotonic clock",
        ["CodeExec.Sender"] = "native code beside the runner: its patience is measured by the kernel's monotonic clock",
        ["CodeExec.Linux"] = "thin names for system calls, clocks among them",
    };

    [Fact]
    public void OurAssemblies_OfAllSourceProjects_UseNothingBanned()
    {
        string[] uses = Repository.SourceProjects
            .Where(project => !Excepted.ContainsKey(Path.GetFileNameWithoutExtension(project)))
            .SelectMany(project => MemberScanner.FindUses(AssemblyOf(project), BannedSymbol.FromFile))
            .ToArray();

        Assert.True(uses.Length == 0, string.Join('\n', uses));
    }

    [Fact]
    public void FindUses_OfThePlantedOnes_NamesUserMemberAndMessage()
    {
        IReadOnlyList<string> uses = MemberScanner.FindUses(typeof(PlantedUses).Assembly.Location, BannedSymbol.FromFile);

        Assert.Collection(
            uses.Order(StringComparer.Ordinal),
            use => AssertNames(use, "OfGenericTypeAsync", "M:System.Threading.Tasks.Task`1.WaitAsync(System.TimeSpan)"),
            use => AssertNames(use, "WaitAsync", "M:System.Threading.Tasks.Task.Delay(System.TimeSpan,System.Threading.CancellationToken)"),
            use => AssertNames(use, "Clock", "P:System.DateTimeOffset.UtcNow. Take a TimeProvider"),
            use => AssertNames(use, "Deadline", "M:System.Threading.CancellationTokenSource.#ctor(System.TimeSpan)"));
    }

    /// <summary>A line with a typing error would ban nothing.</summary>
    [Fact]
    public void BannedSymbols_EachLine_NamesAMemberThatExists()
    {
        HashSet<string> known = new[] { typeof(object), typeof(Process), typeof(Stopwatch), typeof(ZipFile) }
            .Select(type => type.Assembly.Location)
            .Distinct()
            .SelectMany(MemberScanner.MembersOf)
            .ToHashSet();

        Assert.All(BannedSymbol.FromFile, symbol => Assert.Contains(symbol.Id, known));
        Assert.All(BannedSymbol.FromFile, symbol => Assert.NotEmpty(symbol.Message));
    }

    private static void AssertNames(string use, string method, string member)
    {
        Assert.Contains(method, use, StringComparison.Ordinal);
        Assert.Contains(member, use, StringComparison.Ordinal);
    }

    private static string AssemblyOf(string project)
    {
        string name = Repository.ReadXml(project).Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);
        string path = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        Assert.True(File.Exists(path), $"{name}.dll is not beside the tests: reference {project} in CodeExec.House.Tests.csproj, or except it with a reason.");
        return path;
    }
}

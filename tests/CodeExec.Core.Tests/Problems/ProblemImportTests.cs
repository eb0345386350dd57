using System.IO.Compression;
using System.Text;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Importing;

namespace CodeExec.Core.Tests.Problems;

public sealed class ProblemImportTests
{
    public static TheoryData<string, string[], string> Namings { get; } = new()
    {
        { "in and out", ["1.in", "1.out", "2.in", "2.out", "10.in", "10.out"], "1 2 10" },
        { "in and ans", ["a.in", "a.ans"], "a" },
        { "in a folder of its own", ["task/01.in", "task/01.out", "task/readme.txt"], "01" },
        { "input1.txt", ["input1.txt", "output1.txt", "input2.txt", "output2.txt"], "1 2" },
        { "two folders", ["input/input00.txt", "output/output00.txt", "input/input01.txt", "output/output01.txt"], "00 01" },
        { "two folders, one name", ["in/1.txt", "out/1.txt"], "1" },
        { "Polygon's tests alone", ["tests/01", "tests/01.a", "tests/02", "tests/02.a"], "tests/01 tests/02" },
        { "in.txt", ["1.in.txt", "1.out.txt"], "1" },
        { "words within", ["test_in_3.txt", "test_out_3.txt"], "test__3" },
        { "files of other kinds", ["1.in", "1.out", "1.hint", "generator.py", "lib.a", "._1.in"], "1" },
        { "groups as folders", ["g1/1.in", "g1/1.out", "g2/1.in", "g2/1.out"], "g1/1 g2/1" },
    };

    [Theory]
    [MemberData(nameof(Namings))]
    public async Task Make_NamesThatPeopleUse_AreFoundInOrder(string naming, string[] files, string ids)
    {
        ProblemDraft draft = ProblemImport.Make(await ZipAsync([.. files.Select(file => (file, file))]), new ProblemDraft { Id = "p" }, hidden: true);

        Assert.True(ids == string.Join(' ', draft.Suite.Tests!.Select(test => test.Id)), $"{naming}: {string.Join(' ', draft.Suite.Tests!.Select(test => test.Id))}");
        Assert.All(draft.Suite.Tests!, test => Assert.True(test.Hidden));
        Assert.All(draft.Suite.Tests!, test => Assert.NotEqual(test.Stdin!.Bytes!, test.Expected!.Bytes!));
        Assert.Equal("p", draft.Title);
    }

    [Theory]
    [InlineData("'1.in'", "1.in", "2.in", "2.out")]
    [InlineData("'3.ans'", "2.in", "2.out", "3.ans")]
    public async Task Make_HalfOfATest_IsRefusedAndNotLeftOut(string named, params string[] files)
    {
        SafeArchive archive = await ZipAsync([.. files.Select(file => (file, file))]);

        ArchiveRefusedException refused = Assert.Throws<ArchiveRefusedException>(() => ProblemImport.Make(archive, new ProblemDraft { Id = "p" }, hidden: true));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Make_PolygonPackage_HasItsLimitsGroupsAndChecker()
    {
        const string Xml = """
            <?xml version="1.0" encoding="utf-8"?>
            <problem short-name="sum">
              <names><name language="russian" value="Сумма"/><name language="english" value="A + B"/></names>
              <judging><testset name="tests">
                <time-limit>1500</time-limit><memory-limit>268435456</memory-limit><test-count>2</test-count>
                <input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern>
                <tests><test method="manual" sample="true" points="0" group="0"/><test method="generated" points="40" group="1"/></tests>
                <groups><group name="0" points-policy="each-test"/><group name="1" points-policy="complete-group" points="40"><dependencies><dependency group="0"/></dependencies></group></groups>
              </testset></judging>
              <assets><checker type="testlib"><source path="files/check.cpp" type="cpp.g++17"/></checker></assets>
            </problem>
            """;
        ProblemDraft draft = ProblemImport.Make(
            await ZipAsync(("problem.xml", Xml), ("tests/01", "1 2"), ("tests/01.a", "3"), ("tests/02", "2 2"), ("tests/02.a", "4"), ("files/check.cpp", "int main(){}"), ("files/testlib.h", "//")),
            new ProblemDraft { Id = "sum" },
            hidden: true);

        Assert.Equal("A + B", draft.Title);
        Assert.Equal((1500L, 256L), (draft.Limits!["*"].CpuTimeMs, draft.Limits["*"].MemoryMb));
        Assert.Equal([false, true], draft.Suite.Tests!.Select(test => test.Hidden!.Value));
        Assert.Equal(("1", 40m, "allOrNothing", "0"), (draft.Suite.Groups![1].Id, draft.Suite.Groups[1].Points, draft.Suite.Groups[1].Scoring, draft.Suite.Groups[1].DependsOn!.Single()));
        Assert.Equal(("cpp", "testlib.h"), (draft.Suite.Checker!.Program!.Language, draft.Suite.Checker.Program.Files!.Single().Path));
    }

    [Fact]
    public async Task Make_InteractivePolygonPackage_HasItsInteractorAndTheCheckerBehindIt()
    {
        const string Xml = """
            <problem><judging><testset name="tests"><tests><test sample="true"/></tests></testset></judging>
            <assets><checker name="std::lcmp.cpp"/><interactor><source path="files/interactor.cpp" type="cpp.g++17"/></interactor></assets></problem>
            """;
        ProblemDraft draft = ProblemImport.Make(
            await ZipAsync(("problem.xml", Xml), ("tests/01", "1 2"), ("files/interactor.cpp", "int main(){}"), ("files/testlib.h", "//")), new ProblemDraft { Id = "p" }, hidden: true);

        Assert.Equal(("cpp", "int main(){}", null), (draft.Suite.Interactor!.Language, draft.Suite.Interactor.Code, draft.Suite.Interactor.Protocol));
        Assert.Equal("testlib.h", Assert.Single(draft.Suite.Interactor.Files!).Path);
        Assert.Equal("tokens", draft.Suite.Checker!.Type);
        Assert.Null(Assert.Single(draft.Suite.Tests!).Expected);
    }

    [Theory]
    [InlineData("validation: custom interactive\nvalidator_flags: max_guesses 10", "output_validators/guess/guess.cc")]
    [InlineData("validation: \"custom interactive\"", "output_validators/guess.cc")]
    [InlineData("problem_format_version: 2023-07\ntype: interactive", "output_validator/guess.cc")]
    public async Task Make_InteractiveIcpcPackage_HasItsValidatorAsInteractor(string yaml, string validator)
    {
        string folder = validator[..(validator.LastIndexOf('/') + 1)];
        ProblemDraft draft = ProblemImport.Make(
            await ZipAsync(("problem.yaml", yaml), ("data/secret/1.in", "1"), ("data/secret/1.ans", ""), (validator, "int main(){}"), (folder + "validate.h", "//")), new ProblemDraft { Id = "p" }, hidden: true);

        Assert.Equal(("cpp", "guess.cc", "icpc"), (draft.Suite.Interactor!.Language, draft.Suite.Interactor.Entry, draft.Suite.Interactor.Protocol));
        Assert.Equal(["guess.cc", "validate.h"], draft.Suite.Interactor.Files!.Select(file => file.Path).Order());
        Assert.Equal(yaml.Contains("flags", StringComparison.Ordinal) ? ["max_guesses", "10"] : [], draft.Suite.Interactor.Args!);
        Assert.Null(draft.Suite.Checker);
    }

    [Fact]
    public async Task Make_IcpcPackage_HasItsSamplesLimitsAndTolerance()
    {
        const string Yaml = """
            # comment
            name: 'Circle'
            validator_flags: float_tolerance 1e-6
            limits:
              time_limit: 2.5
              memory: 512 # MB
            """;
        ProblemDraft draft = ProblemImport.Make(
            await ZipAsync(("problem.yaml", Yaml), ("data/sample/1.in", "1"), ("data/sample/1.ans", "2"), ("data/secret/02.in", "3"), ("data/secret/02.ans", "4")),
            new ProblemDraft { Id = "circle" },
            hidden: true);

        Assert.Equal("Circle", draft.Title);
        Assert.Equal((2500L, 512L), (draft.Limits!["*"].CpuTimeMs, draft.Limits["*"].MemoryMb));
        Assert.Equal(["sample/1", "02"], draft.Suite.Tests!.Select(test => test.Id));
        Assert.Equal([false, true], draft.Suite.Tests!.Select(test => test.Hidden!.Value));
        Assert.Equal(("float", 1e-6, 1e-6), (draft.Suite.Checker!.Type, draft.Suite.Checker.Absolute, draft.Suite.Checker.Relative));
    }

    [Theory]
    [InlineData("../a.in")]
    [InlineData("a/../../b.in")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\x")]
    [InlineData("a\u0001.in")]
    public async Task ReadAsync_PathThatLeadsAstray_IsRefused(string path)
        => await Assert.ThrowsAsync<ArchiveRefusedException>(() => ZipAsync((path, "x")));

    [Fact]
    public async Task ReadAsync_Bomb_IsRefusedWhileItInflates()
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using Stream entry = archive.CreateEntry("1.in", CompressionLevel.SmallestSize).Open();
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++)
            {
                entry.Write(zeros);
            }
        }

        Assert.InRange(zip.Length, 1, 1 << 20);
        zip.Position = 0;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await Assert.ThrowsAsync<ArchiveRefusedException>(() => SafeArchive.ReadAsync(zip, new GradingOptions { TestBytes = 1 << 20 }, CancellationToken.None));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 << 20);
    }

    [Fact]
    public async Task ReadAsync_ManyFilesTooLargeTogether_AreRefused()
        => await Assert.ThrowsAsync<ArchiveRefusedException>(() => ZipAsync(new GradingOptions { SuiteBytes = 1500 }, ("1", new string('a', 1000)), ("2", new string('a', 1000))));

    [Fact]
    public async Task ReadAsync_TooManyEntries_AreRefused()
        => await Assert.ThrowsAsync<ArchiveRefusedException>(() => ZipAsync(new GradingOptions { ArchiveFiles = 2 }, ("1", ""), ("2", ""), ("3", "")));

    [Fact]
    public async Task ReadAsync_OnePathTwice_IsRefused() => await Assert.ThrowsAsync<ArchiveRefusedException>(() => ZipAsync(("1.in", "a"), ("1.in", "b")));

    [Fact]
    public async Task ReadAsync_Link_IsPassedOver()
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            ZipArchiveEntry link = archive.CreateEntry("1.in");
            link.ExternalAttributes = unchecked((int)0xA1FF0000);
            await using StreamWriter target = new(link.Open());
            await target.WriteAsync("/etc/passwd");
        }

        zip.Position = 0;
        Assert.Empty((await SafeArchive.ReadAsync(zip, new GradingOptions(), CancellationToken.None)).Paths);
    }

    [Fact]
    public async Task ReadAsync_AnyBytesAfterAnyDamage_AreReadOrRefusedAndNothingElse()
    {
        byte[] good = await BytesAsync(("1.in", "a"), ("1.out", "b"), ("d/2.in", "c"));
        Random random = new(3);
        for (int i = 0; i < 500; i++)
        {
            byte[] damaged = [.. good];
            for (int n = random.Next(1, 6); n > 0; n--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            using MemoryStream zip = new(damaged[..random.Next(1, damaged.Length + 1)]);
            try
            {
                await SafeArchive.ReadAsync(zip, new GradingOptions(), CancellationToken.None);
            }
            catch (ArchiveRefusedException)
            {
                // refused in words
            }
        }
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><problem>&e;</problem>")]
    [InlineData("<problem/>")]
    [InlineData("<problem")]
    [InlineData("<problem><judging><testset><tests><test/></tests></testset></judging></problem>")]
    public async Task Make_PolygonPackageThatIsNone_IsRefused(string xml)
        => await Assert.ThrowsAsync<ArchiveRefusedException>(async () => ProblemImport.Make(await ZipAsync(("problem.xml", xml)), new ProblemDraft { Id = "p" }, hidden: true));

    private static Task<SafeArchive> ZipAsync(params (string Path, string Content)[] files) => ZipAsync(new GradingOptions(), files);

    private static async Task<SafeArchive> ZipAsync(GradingOptions options, params (string Path, string Content)[] files)
    {
        using MemoryStream zip = new(await BytesAsync(files));
        return await SafeArchive.ReadAsync(zip, options, CancellationToken.None);
    }

    private static async Task<byte[]> BytesAsync(params (string Path, string Content)[] files)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, string content) in files)
            {
                await using Stream entry = archive.CreateEntry(path).Open();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(content));
            }
        }

        return zip.ToArray();
    }
}

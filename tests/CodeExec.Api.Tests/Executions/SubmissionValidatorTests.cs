using System.Text;
using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Tests.Executions;

public sealed class SubmissionValidatorTests
{
    private static readonly PlainSecretProtector Secrets = new();

    private static readonly Submission Hello = new() { Language = "python", Code = "print(1)" };

    [Fact]
    public void Submission_WithTheLeast_TakesTheDefaults()
    {
        ExecutionSpec spec = Accept(Hello);

        Assert.Equal(("python", "3.11.2", "main.py", "cells"), (spec.Language, spec.Version, spec.Entry, spec.Provider));
        Assert.Equal((NetworkAccess.None, ExecutionPriority.Normal), (spec.Network, spec.Priority));
        Assert.Equal(KnownLanguages.Catalog.Find("python")!.Limits, spec.Limits);
        Assert.Equal("print(1)", Encoding.UTF8.GetString(Assert.Single(spec.Files).Content));
    }

    [Fact]
    public void Submission_WithAll_IsTakenAsItIs()
    {
        ExecutionSpec spec = Accept(Hello with
        {
            Language = "C++",
            Version = "20",
            Files = [new("lib/a.h", "", null), new("b.bin", "AAE=", "base64"), new("c.bin", "FFfe", "hex")],
            Entry = "src/start.cpp",
            Args = ["", "-x", "ä"],
            CompileArgs = ["-Wall"],
            Env = new Dictionary<string, string> { ["LD_PRELOAD"] = "x", ["_a1"] = "" },
            Secrets = new Dictionary<string, string> { ["TOKEN"] = "t0p" },
            Network = "full",
            Provider = "docker",
            Priority = "high",
            Labels = new Dictionary<string, string> { ["course"] = "cs 101" },
            Artifacts = ["out/**"],
            Limits = new() { MemoryMb = 2048, WallTimeMs = 600_000, StackKb = 64, FileSizeKb = 1, OpenFiles = 16, Cpus = 0.5, GraceMs = 10_000 },
        });

        Assert.Equal(("cpp", "c++20", "src/start.cpp"), (spec.Language, spec.Version, spec.Entry));
        Assert.Equal(["src/start.cpp", "lib/a.h", "b.bin", "c.bin"], spec.Files.Select(file => file.Path));
        Assert.Equal(new byte[] { 0, 1 }, spec.Files[2].Content);
        Assert.Equal(new byte[] { 0xff, 0xfe }, spec.Files[3].Content);
        Assert.NotEqual("t0p", spec.ProtectedSecrets["TOKEN"]);
        Assert.Equal("t0p", Secrets.Unprotect(spec.ProtectedSecrets["TOKEN"]));
        Assert.Equal((600_000, 2048), (spec.Limits.WallTimeMs, spec.Limits.MemoryMb));
        Assert.Equal((64, 1, 16, 0.5, 10_000), (spec.Limits.StackKb, spec.Limits.FileSizeKb, spec.Limits.OpenFiles, spec.Limits.Cpus, spec.Limits.GraceMs));
        Assert.Equal((NetworkAccess.Full, ExecutionPriority.High, "docker"), (spec.Network, spec.Priority, spec.Provider));
    }

    public static TheoryData<string, Submission> Refused() => new()
    {
        { "code", new() { Language = "python" } },
        { "language", new() { Code = "x" } },
        { "entry", new() { Language = "python", Files = [new("a.py", ""), new("b.py", "")] } },
        { "entry", new() { Language = "python", Files = [new("a.py", "")], Entry = "b.py" } },
        { "files", Hello with { Files = [new("main.py", "")] } },
        { "files", Hello with { Files = [new("a", ""), new("a", "")] } },
        { "files", Hello with { Files = [new("a", ""), new("a/b", "")] } },
        { "files", Hello with { Files = [new("a/b/c", ""), new("a", "")] } },
        { "files", Hello with { Entry = "lib", Files = [new("lib/a.py", "")] } },
        { "files", Hello with { Files = [new("a", new string('x', (16 << 20) + 1))] } },
        { "files[0].content", Hello with { Files = [new("a", "x", "base64")] } },
        { "files[0].content", Hello with { Files = [new("a", "0", "hex")] } },
        { "files[0].content", Hello with { Files = [new("a", "\ud800")] } },
        { "files[0].path", Hello with { Files = [new("\ud800", "")] } },
        { "stdin", Hello with { Stdin = new string('x', (16 << 20) + 1) } },
        { "args", Hello with { Args = [.. Enumerable.Repeat("x", 257)] } },
        { "args[0]", Hello with { Args = [new string('x', (32 << 10) + 1)] } },
        { "args", Hello with { Args = [.. Enumerable.Repeat(new string('x', 30 << 10), 40)] } },
        { "env", Hello with { Env = Enumerable.Range(0, 129).ToDictionary(i => $"V{i}", _ => "") } },
        { "env", Hello with { Env = new Dictionary<string, string> { ["1A"] = "" } } },
        { "env", Hello with { Env = new Dictionary<string, string> { ["É"] = "" } } },
        { "labels", Hello with { Labels = Enumerable.Range(0, 33).ToDictionary(i => $"l{i}", _ => "") } },
        { "labels.a", Hello with { Labels = new Dictionary<string, string> { ["a"] = new('x', 257) } } },
        { "labels", Hello with { Labels = new Dictionary<string, string> { ["a b"] = "" } } },
        { "artifacts", Hello with { Artifacts = [.. Enumerable.Repeat("a", 33)] } },
        { "limits.processes", Hello with { Limits = new() { Processes = 513 } } },
        { "limits.outputKb", Hello with { Limits = new() { OutputKb = long.MaxValue } } },
        { "compileLimits.workspaceMb", Hello with { CompileLimits = new() { WorkspaceMb = long.MinValue } } },
        { "limits.stackKb", Hello with { Limits = new() { StackKb = 63 } } },
        { "limits.stackKb", Hello with { Limits = new() { StackKb = (2048 << 10) + 1 } } },
        { "limits.fileSizeKb", Hello with { Limits = new() { FileSizeKb = 0 } } },
        { "compileLimits.fileSizeKb", Hello with { CompileLimits = new() { FileSizeKb = (1024 << 10) + 1 } } },
        { "limits.openFiles", Hello with { Limits = new() { OpenFiles = 15 } } },
        { "limits.openFiles", Hello with { Limits = new() { OpenFiles = 4097 } } },
        { "limits.cpus", Hello with { Limits = new() { Cpus = 0.09 } } },
        { "limits.cpus", Hello with { Limits = new() { Cpus = double.NaN } } },
        { "compileLimits.cpus", Hello with { CompileLimits = new() { Cpus = 1025 } } },
        { "limits.graceMs", Hello with { Limits = new() { GraceMs = -1 } } },
        { "limits.graceMs", Hello with { Limits = new() { GraceMs = 10_001 } } },
        { "runs", Hello with { Runs = 0 } },
        { "runs", Hello with { Runs = 21 } },
        { "runs", Hello with { Runs = 2, Limits = new() { WallTimeMs = 300_001 } } },
        { "version", Hello with { Version = "4" } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Submission_ThatCanNotBe_IsRefusedByItsField(string field, Submission submission)
    {
        Assert.False(Validator().TryValidate(submission, out ExecutionSpec? spec, out IReadOnlyDictionary<string, string[]> errors));
        Assert.Null(spec);
        Assert.True(errors.ContainsKey(field), string.Join(", ", errors.Keys));
    }

    [Fact]
    public void Submission_ClashAtAnyPairOfPaths_IsFoundInEveryOrder()
    {
        string[] paths = ["a", "a/b", "a/b/c", "ab", "a/bc"];
        foreach (string one in paths)
        {
            foreach (string other in paths.Where(path => path != one))
            {
                bool clash = one.StartsWith(other + "/", StringComparison.Ordinal) || other.StartsWith(one + "/", StringComparison.Ordinal);
                Assert.Equal(!clash, Validator().TryValidate(Hello with { Files = [new(one, ""), new(other, "")] }, out _, out _));
            }
        }
    }

    [Fact]
    public void Submission_LanguageDefaultAboveTheCeiling_IsTheCeiling()
    {
        Assert.True(Validator(new() { MemoryMb = 100 }).TryValidate(Hello, out ExecutionSpec? spec, out _));
        Assert.Equal(100, spec!.Limits.MemoryMb);
    }

    [Fact]
    public void Submission_NothingSaidOfALimitThatFollowsFromOthers_IsTheCeilingOnlyWhereThatIsLess()
    {
        Assert.True(Validator(new() { StackKb = 1024, FileSizeKb = 64 << 10, OpenFiles = 100, Cpus = 0.5 }).TryValidate(Hello, out ExecutionSpec? spec, out _));
        Assert.Equal((1024, null, 100, 0.5), (spec!.Limits.StackKb, spec.Limits.FileSizeKb, spec.Limits.OpenFiles, spec.Limits.Cpus));
    }

    [Fact]
    public void Submission_HostileMistakes_DoNotMakeAHugeAnswer()
    {
        Submission hostile = Hello with { Files = [.. Enumerable.Range(0, 1000).Select(i => new SubmittedFile("../" + new string('x', 900), "", "no"))] };

        Assert.False(Validator().TryValidate(hostile, out _, out IReadOnlyDictionary<string, string[]> errors));
        Assert.InRange(JsonSerializer.Serialize(errors).Length, 1, 20_000);
    }

    /// <summary>What is accepted is run as it was sent, through JSON and validation.</summary>
    [Fact]
    public void Text_OfAnyKind_ComesBackTheSame()
    {
        Random random = new(20261121);
        for (int round = 0; round < 1000; round++)
        {
            string code = AnyText(random), file = AnyText(random), stdin = AnyText(random), arg = AnyText(random).Replace("\0", "", StringComparison.Ordinal);
            byte[] bytes = new byte[random.Next(50)];
            random.NextBytes(bytes);
            string json = JsonSerializer.Serialize(new
            {
                language = "python", code, stdin, args = new[] { arg },
                files = new object[] { new { path = "t", content = file }, new { path = "b", content = Convert.ToBase64String(bytes), encoding = "base64" }, new { path = "h", content = Convert.ToHexString(bytes), encoding = "hex" } },
            });

            using JsonDocument document = JsonDocument.Parse(json);
            ExecutionSpec spec = Accept(SubmissionReader.Read(document.RootElement));

            Assert.Equal(Encoding.UTF8.GetBytes(code), spec.Files[0].Content);
            Assert.Equal(Encoding.UTF8.GetBytes(file), spec.Files[1].Content);
            Assert.Equal(bytes, spec.Files[2].Content);
            Assert.Equal(bytes, spec.Files[3].Content);
            Assert.Equal(Encoding.UTF8.GetBytes(stdin), spec.Stdin);
            Assert.Equal([arg], spec.Args);
        }
    }

    private static string AnyText(Random random)
    {
        StringBuilder text = new();
        for (int i = random.Next(40); i > 0; i--)
        {
            int point = random.Next(4) switch
            {
                0 => random.Next(0x20),
                1 => random.Next(0x20, 0x80),
                2 => random.Next(0x80, 0xD800),
                _ => random.Next(0xE000, 0x110000),
            };
            text.Append(new Rune(point));
        }

        return text.ToString();
    }

    [Theory]
    [InlineData("2026-01-01T08:00:00Z", "2026-01-01T08:00:00Z")]
    [InlineData("2026-01-01T08:00:00+02:00", "2026-01-01T06:00:00Z")]
    [InlineData("2026-01-01 08:00-00:30", "2026-01-01T08:30:00Z")]
    [InlineData("2026-01-01T08:00:00.5z", "2026-01-01T08:00:00.5Z")]
    [InlineData("2020-02-29T00:00:00Z", "2020-02-29T00:00:00Z")] // passed: at once
    [InlineData("2027-01-02T00:00:00Z", "2027-01-02T00:00:00Z")] // as far as it goes
    public void StartAt_ATimeWithItsOffset_IsTaken(string text, string expected)
        => Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Accept(Hello with { StartAt = text }).StartAt);

    [Fact]
    public void DelayMs_FromNow_IsATime() => Assert.Equal(Clock.GetUtcNow().AddMilliseconds(1500), Accept(Hello with { DelayMs = 1500 }).StartAt);

    [Fact]
    public void DelayMs_Zero_IsAtOnce() => Assert.Null(Accept(Hello with { DelayMs = 0 }).StartAt);

    [Theory]
    [InlineData("2026-01-01T08:00:00", null, "startAt", "with its offset")]
    [InlineData("tomorrow", null, "startAt", "with its offset")]
    [InlineData("2026-02-30T08:00:00Z", null, "startAt", "with its offset")]
    [InlineData("08:00Z", null, "startAt", "with its offset")]
    [InlineData("", null, "startAt", "with its offset")]
    [InlineData("2027-01-02T00:00:01Z", null, "startAt", "366 days ahead at most")]
    [InlineData(null, -1L, "delayMs", "from 0 to 31622400000")]
    [InlineData(null, long.MaxValue, "delayMs", "from 0 to 31622400000")]
    [InlineData("2026-01-01T08:00:00Z", 5L, "delayMs", "not both")]
    public void StartAt_NoTimeOrTooFarAhead_IsRefused(string? startAt, long? delayMs, string field, string message)
    {
        Assert.False(Validator().TryValidate(Hello with { StartAt = startAt, DelayMs = delayMs }, out _, out IReadOnlyDictionary<string, string[]> errors));
        Assert.Contains(message, Assert.Single(errors[field]), StringComparison.Ordinal);
    }

    private static readonly ManualTimeProvider Clock = new();

    private static SubmissionValidator Validator(SubmissionCeilings? ceilings = null) => new(
        KnownLanguages.Catalog, KnownLanguages.Installed, new ContainerProviders([new FakeProvider("cells"), new FakeProvider("docker")]), Secrets, Options.Create(ceilings ?? new()),
        Options.Create(new GradingOptions()), Clock);

    private static ExecutionSpec Accept(Submission submission)
    {
        Assert.True(Validator().TryValidate(submission, out ExecutionSpec? spec, out IReadOnlyDictionary<string, string[]> errors), JsonSerializer.Serialize(errors));
        return spec!;
    }
}

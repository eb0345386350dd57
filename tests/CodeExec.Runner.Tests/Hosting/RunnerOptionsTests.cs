namespace CodeExec.Runner.Tests.Hosting;

public sealed class RunnerOptionsTests
{
    [Fact]
    public void Parse_Everything_IsTaken()
    {
        RunnerOptions options = RunnerOptions.Parse(
            ["--workspace", "/w", "--job", "/j", "--tmp", "/a", "--tmp", "/b", "--warm-pid", "2", "--warm-control", "3", "--warm-stdin", "4", "--warm-stdout", "5", "--warm-stderr", "6"]);

        Assert.Equal(("/w", "/j"), (options.Workspace, options.JobFile));
        Assert.Equal(["/a", "/b"], options.TemporaryDirectories);
        Assert.Equal((2, 3, 4, 5, 6), (options.WarmProcess!.Pid, options.WarmProcess.Control, options.WarmProcess.Stdin, options.WarmProcess.Stdout, options.WarmProcess.Stderr));
    }

    [Fact]
    public void Parse_Nothing_HasDefaults()
    {
        RunnerOptions options = RunnerOptions.Parse([]);

        Assert.Equal("/workspace", options.Workspace);
        Assert.Null(options.WarmProcess);
        Assert.Null(options.WarmCommand);
    }

    [Fact]
    public void Parse_WarmCommand_MayLookLikeOptions() =>
        Assert.Equal(["python3", "--version", "--"], RunnerOptions.Parse(["--warm", "--", "python3", "--version", "--"]).WarmCommand);

    [Theory]
    [InlineData("--colour", "red")]
    [InlineData("--workspace")]
    [InlineData("--warm")]
    [InlineData("--warm", "--")]
    [InlineData("--warm", "python3")]
    [InlineData("--warm-pid", "2")]
    [InlineData("--warm-pid", "-2")]
    public void Parse_Mistake_SaysSo(params string[] arguments) => Assert.Throws<OptionsException>(() => RunnerOptions.Parse(arguments));
}

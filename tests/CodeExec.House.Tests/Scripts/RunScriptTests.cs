namespace CodeExec.House.Tests.Scripts;

public class RunScriptTests
{
    [Theory]
    [InlineData("run", "--port N")]
    [InlineData("test", "--long")]
    public async Task Help_FromAnotherFolder_TellsTheOptions(string script, string expected)
    {
        (int exitCode, string output) = await Script.RunAsync(script, ["--help"]);

        Assert.Equal(0, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--port", "many", "'many' is none")]
    [InlineData("run", "--port", "65536", "'65536' is none")]
    [InlineData("run", "--port", "99999999999999999999", "is none")]
    [InlineData("run", "--prot", "1", "no option '--prot'")]
    [InlineData("test", "--fast", "", "no option '--fast'")]
    public async Task Options_ThatMakeNoSense_AreRefusedInASentence(string script, string option, string value, string expected)
    {
        (int exitCode, string output) = await Script.RunAsync(script, [option, value]);

        Assert.Equal(1, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhereUserNamespacesAreNotAllowed_SaysSoInOneSentence()
    {
        using ScriptFolder programs = new();
        programs.WithProgram("bwrap", "exit 1").WithProgram("setpriv", "exit 1").WithProgram("dpkg-query", "printf installed");

        (int exitCode, string output) = await Script.RunAsync("run", ["--no-build", "--data", Path.Combine(programs.Path, "data")], programs.Path);

        Assert.Equal(1, exitCode);
        string line = Assert.Single(output.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("This machine does not allow user namespaces", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(programs.Path, "data")));
    }

    [Fact]
    public async Task Run_MissingPackagesAndNoRightToInstall_NamesTheCommand()
    {
        using ScriptFolder programs = new();
        programs.WithProgram("id", "echo 1000").WithProgram("sudo", "exit 1").WithProgram("dpkg-query", "exit 1").WithProgram("bwrap", "exit 1");

        (int exitCode, string output) = await Script.RunAsync("run", ["--no-build", "--with-languages", "--data", programs.Path], programs.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains("sudo apt-get install -y bubblewrap util-linux", output, StringComparison.Ordinal);
        Assert.Contains("openjdk-17-jdk-headless", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MissingPackagesAndTheRightToInstall_InstallsThemAll()
    {
        using ScriptFolder programs = new();
        string log = Path.Combine(programs.Path, "log");
        programs.WithProgram("id", "echo 0").WithProgram("dpkg-query", "exit 1").WithProgram("apt-cache", "exit 0").WithProgram("bwrap", "exit 1").WithProgram("setpriv", "exit 1")
            .WithProgram("apt-get", $"echo \"$@\" >> '{log}'");

        await Script.RunAsync("run", ["--no-build", "--with-languages", "--data", programs.Path], programs.Path);

        string[] calls = await File.ReadAllLinesAsync(log);
        Assert.Equal("update -qq", calls[0]);
        Assert.Equal("install -y -qq --no-install-recommends bubblewrap util-linux bash g++ gcc golang-go libc6-dev node-typescript nodejs openjdk-17-jdk-headless python3", Assert.Single(calls[1..]));
    }
}

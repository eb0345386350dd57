using System.Text.RegularExpressions;

namespace CodeExec.Infra.Tests.Deploying;

public sealed partial class DeployScriptTests : IDisposable
{
    private readonly DeployTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task Help_OfTheScript_TellsTheOptionsAndTouchesNothing()
    {
        (int exitCode, string output) = await _tree.DeployAsync(["--help"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("--what-if", output, StringComparison.Ordinal);
        Assert.Empty(_tree.Calls);
    }

    [Theory]
    [InlineData("", "Which resource group?")]
    [InlineData("--group", "--group needs a value.")]
    [InlineData("--group g --size huge", "--size is small, medium or large, and not 'huge'.")]
    [InlineData("--group g --name Codeexec", "'Codeexec' is something else.")]
    [InlineData("--group g --name ab", "'ab' is something else.")]
    [InlineData("--group g --fast", "There is no option '--fast'.")]
    public async Task Options_ThatMakeNoSense_AreRefusedInASentence(string arguments, string expected)
    {
        (int exitCode, string output) = await _tree.DeployAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(1, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Empty(_tree.Calls);
    }

    [Theory]
    [InlineData("az", "The Azure CLI is missing: ")]
    [InlineData("openssl", "openssl is missing: apt-get install -y openssl")]
    [InlineData("docker", "Docker is missing, which builds the images: ")]
    [InlineData("curl", "curl is missing: apt-get install -y curl")]
    [InlineData("zip", "zip is missing: apt-get install -y zip")]
    public async Task Deploy_WithoutAProgramThatItNeeds_SaysWhichBeforeAnythingIsDone(string program, string expected)
    {
        _tree.Without(program);

        (int exitCode, string output) = await _tree.DeployAsync(["--group", "g", "--yes"]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith(expected, output, StringComparison.Ordinal);
        Assert.DoesNotContain(_tree.Calls, call => Changing().IsMatch(call));
    }

    [Theory]
    [InlineData("no-bicep", "Bicep is missing: az bicep install")]
    [InlineData("signed-out", "You are not signed in to Azure: az login")]
    [InlineData("no-group", "There is no resource group 'g'. Say where to make it: --location REGION")]
    public async Task Deploy_WhereAzureIsNotReady_SaysWhatToDo(string azure, string expected)
    {
        (int exitCode, string output) = await _tree.DeployAsync(["--group", "g", "--yes"], azure);

        Assert.Equal(1, exitCode);
        Assert.Equal(expected, output.TrimEnd());
        Assert.DoesNotContain(_tree.Calls, call => Changing().IsMatch(call));
    }

    [Theory]
    [InlineData("", "Deploy this?")]
    [InlineData("unregistered", "The subscription does not know these services yet: Microsoft.App. Register them?")]
    public async Task Deploy_WithNobodyToAsk_ChangesNothing(string azure, string expected)
    {
        (int exitCode, string output) = await _tree.DeployAsync(["--group", "g"], azure);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{expected} Nobody is here to answer: say --yes to go on without being asked.", output, StringComparison.Ordinal);
        Assert.DoesNotContain(_tree.Calls, call => Changing().IsMatch(call));
    }

    [Fact]
    public async Task WhatIf_Alone_ShowsAndStops()
    {
        _tree.Without("docker").Without("zip").Without("openssl").Without("curl");

        (int exitCode, _) = await _tree.DeployAsync(["--group", "g", "--what-if", "--", "allowNetwork=true"]);

        Assert.Equal(0, exitCode);
        Assert.Contains(_tree.Calls, call => call.StartsWith("az deployment group what-if --resource-group g", StringComparison.Ordinal) && call.EndsWith("small.bicepparam allowNetwork=true", StringComparison.Ordinal));
        Assert.DoesNotContain(_tree.Calls, call => Changing().IsMatch(call));
    }

    [Fact]
    public async Task Deploy_ForTheFirstTime_DoesEverythingInOrderAndTellsTheAddress()
    {
        (int exitCode, string output) = await _tree.DeployAsync(["--group", "g", "--location", "westeurope", "--yes"], "no-group");

        Assert.Equal(0, exitCode);
        string[] steps = ["az group create --name g --location westeurope", "az deployment group what-if", "az deployment group create", "az rest --method put", "build", "az acr login --name theregistry",
            "docker push --quiet theregistry.azurecr.io/codeexec/python", "dotnet publish", "zip", "az functionapp deployment source config-zip", "az functionapp restart"];
        int[] at = [.. steps.Select(step => Array.FindIndex(_tree.Calls, call => call.StartsWith(step, StringComparison.Ordinal)))];
        Assert.DoesNotContain(-1, at);
        Assert.Equal(at.Order(), at);
        Assert.Contains("CodeExec is at https://the-app.azurewebsites.net", output, StringComparison.Ordinal);
        Assert.Contains("https://the-app.azurewebsites.net/api/keys", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_OfAFirstDeployment_GoIntoTheVaultAndNowhereElse()
    {
        (_, string output) = await _tree.DeployAsync(["--group", "g", "--yes"]);

        Assert.Equal(
            ["encryption-key={\"properties\":{\"value\":\"base64secret==\"}}", "first-api-key={\"properties\":{\"value\":\"hexsecret\"}}", "registry-password={\"properties\":{\"value\":\"pullsecret\"}}"],
            _tree.Secrets);
        Assert.All(_tree.Calls.Append(output), said => Assert.DoesNotMatch("base64secret|hexsecret|pullsecret", said));
    }

    [Fact]
    public async Task Secrets_ThatAreThere_StayAsTheyAre()
    {
        (int exitCode, _) = await _tree.DeployAsync(["--group", "g", "--yes"], "secrets");

        Assert.Equal(0, exitCode);
        Assert.Empty(_tree.Secrets);
        Assert.DoesNotContain(_tree.Calls, call => call.Contains("credential generate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_OfAVaultThatDoesNotAnswer_AreNotTakenForMissing()
    {
        (int exitCode, string output) = await _tree.DeployAsync(["--group", "g", "--yes"], "silent-vault");

        Assert.Equal(1, exitCode);
        Assert.Contains("The vault does not say whether it has 'encryption-key': Connection reset", output, StringComparison.Ordinal);
        Assert.Empty(_tree.Secrets);
    }

    [Fact]
    public async Task Deploy_WithPartsLeftOut_LeavesThemOut()
    {
        _tree.Without("docker").Without("zip");

        (int exitCode, _) = await _tree.DeployAsync(["--group", "g", "--yes", "--skip-images", "--skip-app"]);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(_tree.Calls, call => call.StartsWith("docker", StringComparison.Ordinal) || call.StartsWith("build", StringComparison.Ordinal) || call.Contains("config-zip", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deploy_OnAnotherArchitecture_RefusesToBuildImages()
    {
        _tree.With("uname", "echo aarch64");

        (int exitCode, string output) = await _tree.DeployAsync(["--group", "g", "--yes"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("this machine is aarch64", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_WithAnotherSdk_SaysWhichItNeeds()
    {
        _tree.With("dotnet", "[ \"$1\" != --version ]");

        (int exitCode, string output) = await _tree.DeployAsync(["--group", "g", "--yes"]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("CodeExec needs the .NET 10 SDK", output, StringComparison.Ordinal);
        Assert.DoesNotContain(_tree.Calls, call => Changing().IsMatch(call));
    }

    [SkippableFact]
    public async Task Script_ReadByShellcheck_IsClean()
    {
        Skip.IfNot(File.Exists("/usr/bin/shellcheck"), "There is no shellcheck here (apt-get install shellcheck).");
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("/usr/bin/shellcheck", ["--external-sources", "--source-path=SCRIPTDIR", Path.Combine(Repository.Infra, "deploy")]) { RedirectStandardOutput = true })!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal("", said);
    }

    [GeneratedRegex("az (group create|deployment group create|provider register|rest --method put|acr token|acr login|functionapp)|docker (tag|push)")]
    private static partial Regex Changing();
}

using System.Diagnostics;

namespace CodeExec.Infra.Tests.Deploying;

/// <summary>
/// A small copy of the repository with infra/deploy in it, and programs in place of az, docker and the others that write down how they are called. What is not
/// there can not be found: the machine's own programs are out of reach but for a few.
/// </summary>
internal sealed class DeployTree : IDisposable
{
    private static readonly string[] Ordinary = ["bash", "cat", "chmod", "cp", "dirname", "env", "grep", "id", "ls", "mkdir", "mktemp", "mv", "readlink", "rm", "sed", "tr", "uname", "head", "tail", "sleep"];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("codeexec-deploy-");

    public DeployTree()
    {
        Copy("infra/deploy");
        Copy("eng/lib.sh");
        Copy("infra/sizes/small.bicepparam");
        Program("infra/images/build", "echo build >>\"$CALLS\"");
        foreach (string name in Ordinary)
        {
            string found = new[] { "/usr/bin", "/bin" }.Select(folder => Path.Combine(folder, name)).First(File.Exists);
            Directory.CreateDirectory(Programs);
            File.CreateSymbolicLink(Path.Combine(Programs, name), found);
        }
        With("az", AzureDouble.Script).With("docker", "echo \"docker $*\" >>\"$CALLS\"").With("openssl", "[ \"$2\" = -base64 ] && echo base64secret== || echo hexsecret").With("curl", "exit 0")
            .With("dotnet", "echo \"dotnet $1\" >>\"$CALLS\"; [ \"$1\" != publish ] || { mkdir -p artifacts/functions; : >artifacts/functions/app.dll; }").With("zip", "echo zip >>\"$CALLS\"; : >\"$2\"")
            .With("uname", "echo x86_64");
    }

    /// <summary>What was called, in order, with its arguments.</summary>
    public string[] Calls => File.Exists(CallsFile) ? File.ReadAllLines(CallsFile) : [];

    /// <summary>Secrets that were put into the vault: <c>NAME={…}</c>.</summary>
    public string[] Secrets => File.Exists(SecretsFile) ? File.ReadAllLines(SecretsFile) : [];

    private string Programs => Path.Combine(_root.FullName, "programs");

    private string CallsFile => Path.Combine(_root.FullName, "calls");

    private string SecretsFile => Path.Combine(_root.FullName, "secrets");

    public DeployTree With(string program, string body)
    {
        File.Delete(Path.Combine(Programs, program));
        Program($"programs/{program}", body);
        return this;
    }

    public DeployTree Without(string program)
    {
        File.Delete(Path.Combine(Programs, program));
        return this;
    }

    /// <param name="azure">What the double of az is told about the Azure that it plays: see <see cref="AzureDouble"/>.</param>
    public async Task<(int ExitCode, string Output)> DeployAsync(string[] arguments, string azure = "")
    {
        ProcessStartInfo start = new(Path.Combine(_root.FullName, "infra/deploy"), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = Programs;
        start.Environment["HOME"] = _root.FullName;
        start.Environment["DOTNET_ROOT"] = "";
        start.Environment["CALLS"] = CallsFile;
        start.Environment["SECRETS"] = SecretsFile;
        start.Environment["AZURE"] = azure;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private void Copy(string file)
    {
        string target = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(Repository.Root, file), target);
    }

    private void Program(string file, string body)
    {
        string path = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

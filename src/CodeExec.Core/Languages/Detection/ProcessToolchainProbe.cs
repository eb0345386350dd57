using System.ComponentModel;
using System.Diagnostics;

namespace CodeExec.Core.Languages.Detection;

/// <summary>Asks the toolchain itself, with the environment that programs get and not with the service's.</summary>
public sealed class ProcessToolchainProbe(TimeProvider clock) : IToolchainProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task<string?> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (FindProgram(command[0]) is not { } program)
        {
            return null;
        }

        using CancellationTokenSource deadline = new(Limit, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using Process process = new() { StartInfo = Describe(program, command) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null; // there, but not a program that this machine can start
        }

        try
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(either.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? await output + await errors : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static ProcessStartInfo Describe(string program, IReadOnlyList<string> command)
    {
        ProcessStartInfo start = new(program, command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach ((string name, string value) in ProgramEnvironment.Base)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>.NET would look along the service's own PATH; programs in a container have another.</summary>
    private static string? FindProgram(string name)
        => name.Contains('/')
            ? (File.Exists(name) ? name : null)
            : ProgramEnvironment.Base["PATH"].Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}

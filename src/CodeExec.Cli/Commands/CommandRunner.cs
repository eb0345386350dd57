using System.CommandLine;
using CodeExec.Cli.Hosting;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

/// <summary>What every command needs around it: a client, and failures told in the user's words.</summary>
internal sealed class CommandRunner(CliHost host, ServerOptions server)
{
    public CliHost Host { get; } = host;

    public async Task<int> RunAsync(ParseResult parsed, Func<CodeExecClient, CancellationToken, Task<int>> command, CancellationToken giveUp)
    {
        try
        {
            Uri address = server.AddressOf(parsed);
            using HttpClient http = new(Host.Connect(address)) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };
            CodeExecClient client = new(http, new CodeExecClientOptions { ApiKey = server.KeyOf(parsed) }, Host.Clock);
            return await command(client, giveUp);
        }
        catch (UsageException e)
        {
            await Host.ErrorText.WriteLineAsync($"codeexec: {e.Message}");
            return ExitCodes.Usage;
        }
        catch (CodeExecException e)
        {
            await Host.ErrorText.WriteAsync(FailureText.Of(e));
            return ExitCodes.Server;
        }
        catch (OperationCanceledException) when (Host.Interrupts.First.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (BrokenPipeException)
        {
            return ExitCodes.BrokenPipe; // nobody reads: nobody to tell
        }
        catch (HttpIOException e)
        {
            await Host.ErrorText.WriteLineAsync($"codeexec: The connection broke in the middle of an answer ({e.Message}); try again.");
            return ExitCodes.Server;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Host.ErrorText.WriteLineAsync($"codeexec: {e.Message}"); // a file of the user's that can not be read or written
            return ExitCodes.Usage;
        }
    }

    /// <summary>For a command that Ctrl-C simply ends.</summary>
    public Task<int> RunAsync(ParseResult parsed, Func<CodeExecClient, CancellationToken, Task<int>> command)
        => RunAsync(parsed, command, Host.Interrupts.First);

    /// <summary>A file's bytes; "-" is standard input.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (name == "-")
        {
            using MemoryStream all = new();
            await Host.In.CopyToAsync(all, cancellationToken);
            return all.ToArray();
        }

        string path = Host.PathOf(name);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : throw new UsageException($"There is no file '{name}'.");
    }

    /// <summary>Copies bytes to stdout as they are.</summary>
    /// <exception cref="BrokenPipeException">Whoever read it has gone.</exception>
    public async Task CopyToOutAsync(Stream content, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 << 10];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            try
            {
                await Host.Out.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            catch (IOException e)
            {
                throw new BrokenPipeException(e);
            }
        }
    }

    /// <summary>Writes to stdout.</summary>
    /// <exception cref="BrokenPipeException">Whoever read it has gone.</exception>
    public async Task PrintAsync(string text)
    {
        try
        {
            await Host.OutText.WriteAsync(text);
        }
        catch (IOException e)
        {
            throw new BrokenPipeException(e);
        }
    }
}

using System.Text;
using CodeExec.Cli.Hosting;

namespace CodeExec.Cli.Running;

/// <summary>What the program reads on its standard input.</summary>
internal sealed class ProgramInput(CliHost host)
{
    private static readonly TimeSpan PatienceBeforeTelling = TimeSpan.FromSeconds(2);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="option">The value of --stdin.</param>
    /// <param name="inputIsTaken">The program itself came from our standard input.</param>
    public async Task<string?> ReadAsync(string? option, bool inputIsTaken, CancellationToken cancellationToken)
    {
        switch (option)
        {
            case null when inputIsTaken || host.InIsTerminal:
                return null;
            case null:
                string piped = await ReadOursAsync(cancellationToken);
                return piped.Length > 0 ? piped : null;
            case "-" when inputIsTaken:
                throw new UsageException("Standard input can not be both the program ('-') and its input (--stdin -); put one of them into a file.");
            case "-":
                return await ReadOursAsync(cancellationToken);
            case ['@', .. string file]:
                return await ReadFileAsync(file, cancellationToken);
            default:
                return option;
        }
    }

    /// <exception cref="UsageException">It is not text; the API takes no other input.</exception>
    public static async Task<string> ReadTextAsync(Stream stream, string what, CancellationToken cancellationToken)
    {
        using MemoryStream bytes = new();
        await stream.CopyToAsync(bytes, cancellationToken);
        try
        {
            return Strict.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException($"{what} is not UTF-8 text. Give bytes as one more FILE, and let the program open it.");
        }
    }

    /// <summary>Reads to the end, and says so when that takes long: a pipe that nobody closes would look like a hang.</summary>
    private async Task<string> ReadOursAsync(CancellationToken cancellationToken)
    {
        Task<string> reading = ReadTextAsync(host.In, "Standard input", cancellationToken);
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task patience = Task.Delay(PatienceBeforeTelling, host.Clock, done.Token);
        if (await Task.WhenAny(reading, patience) == patience && !cancellationToken.IsCancellationRequested)
        {
            await host.ErrorText.WriteLineAsync("codeexec: reading standard input to its end for the program; give --stdin '' if it needs none.");
        }
        await done.CancelAsync();
        return await reading.WaitAsync(cancellationToken); // a terminal's or pipe's read can not itself be cancelled
    }

    private async Task<string> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        string path = host.PathOf(file);
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file '{file}' for --stdin @{file}.");
        }
        await using FileStream stream = File.OpenRead(path);
        return await ReadTextAsync(stream, $"'{file}'", cancellationToken);
    }
}

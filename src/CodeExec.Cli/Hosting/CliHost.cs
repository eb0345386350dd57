using System.Text;

namespace CodeExec.Cli.Hosting;

/// <summary>All that a command touches of the process it runs in, so that a test can be the process.</summary>
internal sealed class CliHost : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private TextWriter? _outText;
    private TextWriter? _errorText;

    public required Stream In { get; init; }

    public required Stream Out { get; init; }

    public required Stream Error { get; init; }

    public bool InIsTerminal { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public required Func<string, string?> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Makes the way to a server.</summary>
    public required Func<Uri, HttpMessageHandler> Connect { get; init; }

    public required IInterrupts Interrupts { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public TextWriter OutText => _outText ??= new StreamWriter(Out, Utf8) { AutoFlush = true };

    public TextWriter ErrorText => _errorText ??= new StreamWriter(Error, Utf8) { AutoFlush = true };

    public static CliHost OfThisProcess() => new()
    {
        In = Console.OpenStandardInput(),
        Out = OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new PosixOutput(1),
        Error = OperatingSystem.IsWindows() ? Console.OpenStandardError() : new PosixOutput(2),
        InIsTerminal = !Console.IsInputRedirected,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Environment = System.Environment.GetEnvironmentVariable,
        WorkingDirectory = Directory.GetCurrentDirectory(),
        Connect = server => new SocketsHttpHandler { UseProxy = !server.IsLoopback },
        Interrupts = new SignalInterrupts(),
    };

    /// <summary>A path as the user means it: relative to where they are.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, WorkingDirectory);

    public void Dispose() => (Interrupts as IDisposable)?.Dispose();
}

using System.Text;
using CodeExec.Cli.Hosting;

namespace CodeExec.Cli.Tests.Doubles;

/// <summary>A process that the command line runs in: its streams, environment, folder and keyboard.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly MemoryStream _error = new();

    public CliProcess(FakeServer? server)
    {
        Environment["CODEEXEC_SERVER"] = server?.Address.ToString() ?? "http://127.0.0.1:1";
        Folder = Directory.CreateTempSubdirectory("codeexec-cli-").FullName;
    }

    public string Folder { get; }

    public Dictionary<string, string> Environment { get; } = [];

    public byte[]? Stdin { get; set; }

    /// <summary>In place of <see cref="Stdin"/>: what is not there at once.</summary>
    public Stream? Pipe { get; set; }

    public Stream Out { get; set; } = new MemoryStream();

    public bool OnTerminal { get; set; }

    public ManualInterrupts Keyboard { get; } = new();

    public TimeProvider Clock { get; set; } = new InstantClock();

    public byte[] StdoutBytes => ((MemoryStream)Out).ToArray();

    public string Stdout => Encoding.UTF8.GetString(StdoutBytes);

    public string Stderr => Encoding.UTF8.GetString(_error.ToArray());

    public string File(string name, string content = "print(1)") => File(name, Encoding.UTF8.GetBytes(content));

    public string File(string name, byte[] content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public async Task<int> RunAsync(params string[] args)
    {
        using CliHost host = new()
        {
            In = Pipe ?? new MemoryStream(Stdin ?? []),
            Out = Out,
            Error = _error,
            InIsTerminal = Stdin is null && Pipe is null,
            OutIsTerminal = OnTerminal,
            ErrorIsTerminal = OnTerminal,
            Environment = name => Environment.GetValueOrDefault(name),
            WorkingDirectory = Folder,
            Connect = _ => new SocketsHttpHandler { UseProxy = false },
            Interrupts = new Borrowed(Keyboard),
            Clock = Clock,
        };
        return await CodeExecApp.RunAsync(args, host);
    }

    public void Dispose()
    {
        Keyboard.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The host disposes its interrupts; the keyboard is the test's.</summary>
    private sealed class Borrowed(ManualInterrupts keyboard) : IInterrupts
    {
        public CancellationToken First => keyboard.First;

        public CancellationToken Second => keyboard.Second;
    }
}

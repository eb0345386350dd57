using System.Text;
using CodeExec.Cli.Hosting;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Running;

/// <summary>Prints what the program prints, as it comes: stdout to stdout, stderr to stderr, and a compiler's words to stderr.</summary>
internal sealed class LiveOutput(CliHost host, StatusLine status, bool raw)
{
    private readonly LiveStream _stdout = new(host.Out, escape: host.OutIsTerminal && !raw);
    private readonly LiveStream _stderr = new(host.Error, escape: host.ErrorIsTerminal && !raw);
    private readonly LiveStream _compiler = new(host.Error, escape: host.ErrorIsTerminal && !raw);

    /// <exception cref="BrokenPipeException">Whoever read our output has gone.</exception>
    public void Write(LogEntry entry)
    {
        if (entry.Source == LogSource.System)
        {
            return;
        }
        bool ofProgram = entry.Step is not "compile";
        LiveStream stream = !ofProgram ? _compiler : entry.Source == LogSource.Stdout ? _stdout : _stderr;
        bool toScreen = stream == _stdout ? host.OutIsTerminal : host.ErrorIsTerminal;
        Guarded(() => stream.Write(entry), toScreen);
    }

    /// <summary>What the stream of events did not bring.</summary>
    public void Finish(Execution execution)
    {
        Guarded(() => _compiler.Finish(execution.Compile?.Stdout + execution.Compile?.Stderr), forGood: true);
        Guarded(() => _stdout.Finish(execution.Run?.Stdout), forGood: true);
        Guarded(() => _stderr.Finish(execution.Run?.Stderr), forGood: true);
    }

    /// <summary>One line of our own.</summary>
    public void Tell(string message)
        => status.Around(() => host.ErrorText.WriteLine($"codeexec: {TerminalText.Escape(message)}"), forGood: false);

    private void Guarded(Action write, bool forGood)
    {
        try
        {
            status.Around(write, forGood);
        }
        catch (IOException e)
        {
            throw new BrokenPipeException(e);
        }
    }

    private sealed class LiveStream(Stream target, bool escape)
    {
        private bool _any;

        public void Write(LogEntry entry)
        {
            _any = true;
            Send(entry.Partial ? entry.Message : entry.Message + "\n");
        }

        /// <param name="whole">All that was written, as the result has it: printed if the stream of events brought none of it.</param>
        public void Finish(string? whole)
        {
            if (!_any && whole is { Length: > 0 })
            {
                Send(whole);
            }
        }

        private void Send(string text)
        {
            target.Write(Encoding.UTF8.GetBytes(escape ? TerminalText.Escape(text) : text));
            target.Flush();
        }
    }
}

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
        Guarded(() => _compiler.Finish(execution.Compile?.Stdout + execution.Compile?.Stderr, unlessSilent: execution.Run is null), forGood: true);
        Guarded(() => _stdout.Finish(execution.Run?.Stdout, unlessSilent: true), forGood: true);
        Guarded(() => _stderr.Finish(execution.Run?.Stderr, unlessSilent: true), forGood: true);
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
        private bool _owesLineEnd;

        public void Write(LogEntry entry)
        {
            PayLineEnd();
            _any = true;
            Send(entry.Bytes ?? Encoding.UTF8.GetBytes(entry.Message));
            _owesLineEnd = entry.Partial is null;
            if (entry.Partial is false)
            {
                Send("\n"u8.ToArray());
            }
            target.Flush();
        }

        /// <param name="whole">All that was written, as the result has it.</param>
        /// <param name="unlessSilent">Print it when nothing came before.</param>
        public void Finish(string? whole, bool unlessSilent)
        {
            if (!_any && unlessSilent && whole is { Length: > 0 })
            {
                Send(Encoding.UTF8.GetBytes(whole));
            }
            else if (whole?.EndsWith('\n') ?? false)
            {
                PayLineEnd(); // a server that does not mark partial lines leaves the last line's end open until now
            }
            target.Flush();
        }

        private void PayLineEnd()
        {
            if (_owesLineEnd)
            {
                _owesLineEnd = false;
                Send("\n"u8.ToArray());
            }
        }

        private void Send(byte[] bytes)
            => target.Write(escape ? Encoding.UTF8.GetBytes(TerminalText.Escape(Encoding.UTF8.GetString(bytes))) : bytes);
    }
}

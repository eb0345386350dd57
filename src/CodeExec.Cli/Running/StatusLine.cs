using System.Text;
using CodeExec.Cli.Text;

namespace CodeExec.Cli.Running;

/// <summary>One line at the bottom of the terminal that says what is going on, and makes way for whatever else is printed.</summary>
internal sealed class StatusLine : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>What is over sooner needs no line.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly Stream _terminal;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly ITimer? _timer;
    private readonly Lock _gate = new();
    private string _status = "sending";
    private bool _isShown;
    private bool _isOver;

    public StatusLine(Stream terminal, bool enabled, TimeProvider clock)
    {
        _terminal = terminal;
        _clock = clock;
        _start = clock.GetTimestamp();
        _isOver = !enabled;
        _timer = enabled ? clock.CreateTimer(static line => ((StatusLine)line!).Draw(), this, Patience, Pace) : null;
    }

    public void Set(string status)
    {
        lock (_gate)
        {
            _status = status;
        }
    }

    /// <summary>Writes something else, with the line out of its way.</summary>
    /// <param name="forGood">What is written goes to the same screen: the line would tear it.</param>
    public void Around(Action write, bool forGood)
    {
        lock (_gate)
        {
            Clear();
            _isOver |= forGood;
            write();
        }
    }

    public void Dispose()
    {
        Around(static () => { }, forGood: true);
        _timer?.Dispose();
    }

    private void Draw()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _isShown = true;
                Write($"\r\e[K{_status} {Durations.Show(_clock.GetElapsedTime(_start))}");
            }
        }
    }

    private void Clear()
    {
        if (_isShown)
        {
            _isShown = false;
            Write("\r\e[K");
        }
    }

    private void Write(string text)
    {
        try
        {
            _terminal.Write(Encoding.UTF8.GetBytes(text));
            _terminal.Flush();
        }
        catch (IOException)
        {
            _isOver = true; // the terminal has gone: nobody is there to miss the line
        }
    }
}

using System.Text;
using System.Threading.Channels;

namespace CodeExec.Containers.Aci.Tests.Double;

/// <summary>What a container has printed: a log of which only a tail is kept, and connections that hear what comes from now on.</summary>
internal sealed class ContainerOutput(ArmFaults faults)
{
    private readonly Lock _gate = new();
    private readonly List<Channel<byte[]>> _listeners = [];
    private readonly StringBuilder _log = new();

    public bool HasEnded { get; private set; }

    /// <summary>As Azure keeps it: so much while it runs, far less afterwards.</summary>
    public string Log
    {
        get
        {
            lock (_gate)
            {
                int keep = HasEnded ? faults.LogOfEnded : faults.LogOfRunning;
                int kept = Math.Min(keep, _log.Length);
                return _log.ToString(_log.Length - kept, kept);
            }
        }
    }

    public void Print(string line)
    {
        lock (_gate)
        {
            _log.Append(line).Append('\n');
            byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
            _listeners.ForEach(listener => listener.Writer.TryWrite(bytes));
        }
    }

    public void End()
    {
        lock (_gate)
        {
            HasEnded = true;
            _listeners.ForEach(listener => listener.Writer.TryComplete());
        }
    }

    /// <summary>From somewhere in the middle of the last line on, as connections do.</summary>
    public ChannelReader<byte[]> Listen()
    {
        lock (_gate)
        {
            Channel<byte[]> listener = Channel.CreateUnbounded<byte[]>();
            if (HasEnded)
            {
                listener.Writer.Complete();
            }
            else if (_log.Length > 10)
            {
                listener.Writer.TryWrite(Encoding.UTF8.GetBytes(_log.ToString(_log.Length - 10, 10)));
            }

            _listeners.Add(listener);
            return listener.Reader;
        }
    }

    /// <summary>Connections break; what is printed meanwhile they never hear.</summary>
    public void DropConnections()
    {
        lock (_gate)
        {
            _listeners.ForEach(listener => listener.Writer.TryComplete(new IOException("The connection broke.")));
            _listeners.Clear();
        }
    }
}

using System.Text;
using CodeExec.Protocol;

namespace CodeExec.Sender;

/// <summary>Sends all that is gathered, once it is more than any log forgets.</summary>
internal sealed class Sending(Gathering gathering, AppendBlob blob, SealedEvents events, string header)
{
    /// <summary>The logs of a container that has ended keep twice as much: of a job that says no more, no blob is made.</summary>
    private const int LogsHold = 8 * 1024;

    /// <exception cref="SendingException">Some of it does not arrive, and nothing after it will.</exception>
    public void Run()
    {
        if (!gathering.WaitForMoreThan(LogsHold))
        {
            return;
        }

        blob.Create();
        blob.Append(Encoding.UTF8.GetBytes(header + "\n"));
        while (gathering.Take() is { IsEmpty: false } piece)
        {
            blob.Append(events.Seal(piece));
        }
    }
}

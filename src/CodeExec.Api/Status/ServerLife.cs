using System.Diagnostics;
using System.Reflection;

namespace CodeExec.Api.Status;

/// <summary>Facts about this process.</summary>
internal sealed class ServerLife(TimeProvider clock)
{
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    public static string Version { get; } =
        typeof(ServerLife).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public long UptimeMs => (long)(clock.GetUtcNow() - _startedAt).TotalMilliseconds;

    public ProcessView View()
    {
        using Process self = Process.GetCurrentProcess();
        return new(
            Version, _startedAt, UptimeMs, (long)self.TotalProcessorTime.TotalMilliseconds, self.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false), self.Threads.Count);
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Access;

/// <summary>Counts wrong credentials by where they come from. It holds back only those: who has a valid one never meets it.</summary>
internal sealed class FailedAttempts(IOptions<AuthOptions> options, TimeProvider clock)
{
    private const int MostSources = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Attempts> _sources = new(StringComparer.Ordinal);

    /// <summary>Notes one more.</summary>
    /// <returns>How long the source should wait; null while it may go on.</returns>
    public TimeSpan? Note(string source, out bool isFirstRefusal)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_sources.Count >= MostSources)
        {
            Forget(now);
        }

        Attempts attempts = _sources.AddOrUpdate(
            source,
            static (_, now) => new(1, now),
            static (_, old, now) => now - old.Since >= Window ? new(1, now) : old with { Count = old.Count + 1 },
            now);
        isFirstRefusal = attempts.Count == options.Value.FailuresPerMinute + 1;
        return attempts.Count > options.Value.FailuresPerMinute ? attempts.Since + Window - now : null;
    }

    /// <summary>An address; for IPv6 the /64 that one customer has whole.</summary>
    public static string SourceOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, 8)) : plain.ToString();
    }

    private void Forget(DateTimeOffset now)
    {
        foreach ((string source, Attempts attempts) in _sources)
        {
            if (now - attempts.Since >= Window || _sources.Count >= MostSources)
            {
                _sources.TryRemove(source, out _);
            }
        }
    }

    private sealed record Attempts(int Count, DateTimeOffset Since);
}

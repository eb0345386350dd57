namespace CodeExec.Core.Containers.Pool;

/// <param name="Found">Requests that found a container ready, since the start.</param>
/// <param name="Missed">Requests that had one made.</param>
public sealed record PoolStats(int Running, int Waiting, int MaxRunning, int Ready, int Making, long Found, long Missed, IReadOnlyDictionary<string, int> ReadyByLanguage);

namespace CodeExec.Runner;

internal static class ExitCodes
{
    /// <summary>The job has ended, whatever its programs did.</summary>
    public const int Done = 0;

    /// <summary>No job came, or this runner could not work on it; a fault event says why.</summary>
    public const int Fault = 2;
}

namespace CodeExec.Core.Languages.Detection;

/// <summary>Runs a toolchain's "which version are you" command on this machine.</summary>
public interface IToolchainProbe
{
    /// <returns>All that it printed; null if there is no such command, if it fails, or if it takes too long.</returns>
    Task<string?> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken);
}

namespace CodeExec.Core.Languages;

/// <summary>What installs a toolchain.</summary>
/// <param name="Hint">In words, where no package does it.</param>
public sealed record ToolchainInstall(IReadOnlyList<string> AptPackages, string? Hint)
{
    public override string ToString() => Hint ?? $"apt-get install -y {string.Join(' ', AptPackages)}";
}

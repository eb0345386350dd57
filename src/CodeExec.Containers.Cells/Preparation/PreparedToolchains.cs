using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Languages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Cells.Preparation;

/// <summary>Knows where each toolchain keeps what it has made ahead: a folder for each version and way of making.</summary>
internal sealed class PreparedToolchains(IToolchainPaths toolchains, IOptions<CellsOptions> options, ILogger<PreparedToolchains> logger)
{
    private readonly ConcurrentDictionary<string, PreparedToolchain?> _known = new();

    /// <returns>Null for a language that has nothing to make ahead, or where there is no place to keep it.</returns>
    public PreparedToolchain? For(string language) => _known.GetOrAdd(language, Find);

    private PreparedToolchain? Find(string language)
    {
        if (!options.Value.PrepareToolchains || toolchains.PreparationFor(language) is not { } preparation)
        {
            return null;
        }

        string folder = Path.Combine(Root(options.Value), $"{language}-{Key(toolchains.VersionOf(language), preparation)}");
        try
        {
            Directory.CreateDirectory(folder);
            return new PreparedToolchain(language, preparation, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.PreparationFailed(language, $"{e.Message} (Cells:PreparedFolder chooses another place.)"); // a service user often has no home
            return null;
        }
    }

    // Not in the data folder: that one is closed to the users that cells run under, and this is the same for every server here.
    private static string Root(CellsOptions options)
        => options.PreparedFolder ?? (Environment.IsPrivilegedProcess
            ? "/var/cache/codeexec/prepared"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "codeexec", "prepared"));

    private static string Key(string? version, ToolchainPreparation preparation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(version ?? ""));
        foreach (string part in preparation.Commands.SelectMany(command => command.Append("\n")))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part + "\0"));
        }

        foreach (byte[] content in preparation.Files.Select(file => file.Content))
        {
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}

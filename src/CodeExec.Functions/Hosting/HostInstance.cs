namespace CodeExec.Functions.Hosting;

/// <summary>This life of this instance of the app: what it makes and holds bears its name.</summary>
internal sealed class HostInstance
{
    public string Name { get; } = $"{Plain(Environment.MachineName)}-{Guid.NewGuid():n}"[..Math.Min(40, Plain(Environment.MachineName).Length + 9)];

    private static string Plain(string name) => new([.. name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(20)]);
}

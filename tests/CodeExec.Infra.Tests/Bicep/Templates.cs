using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Bicep;

/// <summary>A folder of templates.</summary>
internal sealed class Templates
{
    private readonly Dictionary<string, Template> _files;

    private Templates(Dictionary<string, Template> files) => _files = files;

    public IEnumerable<Template> All => _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal);

    public IEnumerable<Template> Deployable => All.Where(file => !file.IsParameterFile);

    public IEnumerable<Template> ParameterFiles => All.Where(file => file.IsParameterFile);

    public static Templates In(string folder)
        => Parse(Directory.EnumerateFiles(folder, "*.bicep*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText));

    /// <exception cref="BicepSyntaxException">One of them is not Bicep; the message names it.</exception>
    public static Templates Parse(IReadOnlyDictionary<string, string> sources) => new(sources.ToDictionary(file => file.Key, file => Parse(file.Key, file.Value)));

    public Template? Find(string path) => _files.GetValueOrDefault(path);

    private static Template Parse(string path, string source)
    {
        try
        {
            return new(path, Parser.Parse(source));
        }
        catch (BicepSyntaxException e)
        {
            throw new BicepSyntaxException(0, $"{path}, {e.Message}");
        }
    }
}

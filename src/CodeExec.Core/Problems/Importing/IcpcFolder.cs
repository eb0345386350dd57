using System.Globalization;

namespace CodeExec.Core.Problems.Importing;

/// <summary>What testdata.yaml says of a folder with tests: what it leaves out is as in the folder around it.</summary>
internal sealed class IcpcFolder
{
    private static readonly string[] Names = ["testdata.yaml", "test_group.yaml"];

    private readonly IReadOnlyDictionary<string, string> _own;
    private readonly IcpcFolder? _around;

    /// <param name="path">With its '/'.</param>
    public IcpcFolder(SafeArchive archive, string path, IcpcFolder? around)
    {
        Path = path;
        _around = around;
        _own = PlainYaml.Read(Names.Select(name => archive.Text(path + name)).FirstOrDefault(text => text is not null) ?? "");
        if (Inherited("grading") == "custom")
        {
            throw new ArchiveRefusedException($"{path}testdata.yaml asks for a grader of the package's own (grading: custom), which this server does not run.");
        }

        if (Flags.Contains("max"))
        {
            throw new ArchiveRefusedException($"The grader_flags of {path} ask for the best of its tests (max), which this server does not count.");
        }
    }

    public string Path { get; }

    /// <summary>Its points are those of its worst test, or part of them by its average: they are the folder's, not its tests'.</summary>
    public bool IsOne => Flags.Contains("min") || Flags.Contains("avg") || Aggregation is "min" or "pass-fail";

    public string Scoring => Flags.Contains("avg") ? "sum" : Aggregation == "pass-fail" ? "allOrNothing" : "minimum";

    /// <summary>For the whole folder.</summary>
    public decimal? Points => Number(_own.GetValueOrDefault("scoring.score") ?? _own.GetValueOrDefault("max_score")) ?? Number(Inherited("accept_score"));

    /// <summary>Of each test.</summary>
    public decimal? AcceptScore => Number(Inherited("accept_score"));

    public bool GoesOn => Inherited("on_reject") == "continue";

    public bool SaysItsScore => _own.ContainsKey("accept_score");

    /// <summary>Arguments of the validator, in place of the problem's.</summary>
    public string? ValidatorFlags => Inherited("output_validator_flags") ?? Inherited("output_validator_args");

    public IEnumerable<string> RequirePass => Words(_own.GetValueOrDefault("require_pass") ?? _own.GetValueOrDefault("scoring.require_pass"));

    private string? Aggregation => _own.GetValueOrDefault("score_aggregation") ?? _own.GetValueOrDefault("scoring.aggregation");

    private string[] Flags => Words(Inherited("grader_flags"));

    private string? Inherited(string name) => _own.GetValueOrDefault(name) ?? _around?.Inherited(name);

    private static string[] Words(string? text) => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static decimal? Number(string? text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}

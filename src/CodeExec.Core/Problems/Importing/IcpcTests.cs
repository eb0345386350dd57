using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Problems.Importing;

/// <summary>The tests of an ICPC package: data/sample and data/secret with folders in them, and what belongs to one test (.args, .desc, .files).</summary>
/// <param name="checkers">What checks a test whose folder says other flags than the problem; null: what checks all.</param>
internal sealed class IcpcTests(SafeArchive archive, bool isScoring, bool isInteractive, Func<string, SubmittedChecker?> checkers)
{
    private const string Data = "data/", Sample = "sample", Secret = "secret";
    private const int LongestName = 256;

    private readonly Dictionary<string, IcpcFolder> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IcpcFolder> _groups = new(StringComparer.Ordinal);

    public SubmittedSuite Read(bool hidden)
    {
        SubmittedTest[] tests = [.. ReadArea(Sample, false), .. ReadArea(Secret, hidden)];
        bool needSamples = _groups.Values.Any(folder => folder.RequirePass.Any(required => IdOf(required) == Sample));
        SubmittedGroup[] groups = [.. _groups.Where(one => needSamples || one.Key != Sample).Select(one => GroupOf(one.Key, one.Value))];
        return new SubmittedSuite
        {
            Tests = needSamples ? tests : [.. tests.Select(test => test.Group == Sample ? test with { Group = null } : test)],
            Groups = groups.Length > 0 ? groups : null,
            StopOn = !isScoring ? "firstFailure" : groups.Length == 0 || _groups.Values.All(folder => folder.GoesOn) ? null : "group",
        };
    }

    private IEnumerable<SubmittedTest> ReadArea(string area, bool hidden)
    {
        string root = $"{Data}{area}/";
        foreach ((string input, SubmittedTest test) in TestPairs.Paths(archive, root, needAnswers: !isInteractive))
        {
            string stem = input[..^Path.GetExtension(input).Length];
            IcpcFolder folder = FolderOf(input[..(input.LastIndexOf('/') + 1)]);
            IcpcFolder? group = isScoring ? Grouping(folder, root) : null;
            string? id = group is null || (group.Path == root && !group.IsOne && area == Secret) ? null : IdOf(group.Path);
            if (id is not null)
            {
                _groups.TryAdd(id, group!);
            }

            yield return test with
            {
                Id = area == Sample ? $"{Sample}/{test.Id}" : test.Id,
                Name = NameOf(archive.Text(stem + ".desc")),
                Args = archive.Text(stem + ".args") is { } line ? line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : null,
                Files = FilesOf(stem + ".files/"),
                Checker = folder.ValidatorFlags is { } flags ? checkers(flags) : null,
                Group = id,
                Points = PointsOf(area, folder, group),
                Hidden = hidden,
            };
        }
    }

    // Samples are for trying out: they count only if their folder says so.
    private decimal? PointsOf(string area, IcpcFolder folder, IcpcFolder? group) => !isScoring ? null
        : area == Sample ? folder.SaysItsScore ? folder.AcceptScore : 0
        : group is { IsOne: true } ? null
        : folder.AcceptScore;

    private SubmittedGroup GroupOf(string id, IcpcFolder folder) => new()
    {
        Id = id,
        Points = id != Sample && folder.IsOne ? folder.Points : null,
        Scoring = folder.IsOne ? folder.Scoring : "sum",
        DependsOn = [.. folder.RequirePass.Select(IdOf).Where(one => one != id && _groups.ContainsKey(one)).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>The outermost folder whose tests are scored as one; else that of the test.</summary>
    private IcpcFolder Grouping(IcpcFolder folder, string root)
    {
        for (int slash = root.Length - 1; slash < folder.Path.Length && slash >= 0; slash = folder.Path.IndexOf('/', slash + 1))
        {
            if (FolderOf(folder.Path[..(slash + 1)]) is { IsOne: true } one)
            {
                return one;
            }
        }

        return folder;
    }

    private IcpcFolder FolderOf(string path)
    {
        if (!_folders.TryGetValue(path, out IcpcFolder? folder))
        {
            int slash = path.TrimEnd('/').LastIndexOf('/');
            _folders[path] = folder = new IcpcFolder(archive, path, path == Data || slash < 0 ? null : FolderOf(path[..(slash + 1)]));
        }

        return folder;
    }

    /// <summary>Also as packages name others: "secret/group1".</summary>
    private static string IdOf(string path)
    {
        string id = path.TrimEnd('/');
        id = id.StartsWith(Data, StringComparison.Ordinal) ? id[Data.Length..] : id;
        id = id.StartsWith(Secret + "/", StringComparison.Ordinal) ? id[(Secret.Length + 1)..] : id;
        return PackageSource.Name(id).Replace('+', '_');
    }

    private static string? NameOf(string? description)
        => description?.Split('\n')[0].Trim() is { Length: > 0 } name && !name.Any(char.IsControl) ? name.Length > LongestName ? name[..LongestName] : name : null;

    private List<SubmittedFile>? FilesOf(string folder)
    {
        List<SubmittedFile> files =
        [
            .. archive.Paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal))
                .Select(path => new SubmittedFile(path[folder.Length..], Convert.ToBase64String(archive.Find(path)!), "base64")),
        ];
        return files.Count > 0 ? files : null;
    }
}

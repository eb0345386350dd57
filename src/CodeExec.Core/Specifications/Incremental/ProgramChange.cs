using System.Text;
using CodeExec.Core.SourceCode;

namespace CodeExec.Core.Specifications.Incremental;

/// <summary>
/// What differs between two states of a program: files, and functions by name. Comments and empty lines do not count. Functions that call a
/// changed one have changed too. What stands outside of functions changes its whole file.
/// </summary>
public sealed class ProgramChange
{
    private readonly bool _everything;
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wholeFiles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _functions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private ProgramChange(bool everything) => _everything = everything;

    public bool Any => _everything || _files.Count > 0;

    /// <param name="othersAreEqual">Files that are no text have not changed.</param>
    public static ProgramChange Between(IReadOnlyList<SourceFile> before, IReadOnlyList<SourceFile> now, bool othersAreEqual)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        ProgramChange change = new(!othersAreEqual);
        Dictionary<string, SourceFile> old = before.GroupBy(file => file.Path, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        foreach (string path in old.Keys.Union(now.Select(file => file.Path)).ToArray())
        {
            change.Compare(path, old.GetValueOrDefault(path), now.FirstOrDefault(file => file.Path == path));
        }

        change.SpreadToCallers(now);
        return change;
    }

    /// <summary>Whether a test may come to another result.</summary>
    /// <param name="covers">The files ("lib/a.py", "lib/") and functions ("parse()") that it depends on; empty: all of the program.</param>
    public bool Touches(IReadOnlyList<string> covers)
    {
        ArgumentNullException.ThrowIfNull(covers);
        return _everything || (Any && (covers.Count == 0 || covers.Any(Touches)));
    }

    private bool Touches(string covered)
    {
        if (covered.EndsWith("()", StringComparison.Ordinal))
        {
            string name = covered[..^2];

            // A function that is nowhere tells nothing: better run once too often.
            return _wholeFiles.Count > 0 || _functions.Contains(name) || !_known.Contains(name);
        }

        return covered.EndsWith('/') ? _files.Any(file => file.StartsWith(covered, StringComparison.Ordinal)) : _files.Contains(covered);
    }

    private void Compare(string path, SourceFile? before, SourceFile? now)
    {
        _known.UnionWith(now?.Functions.Select(function => function.Name) ?? []);
        if (before is not null && now is not null && Normal(before.Commentless, now.Style) == Normal(now.Commentless, now.Style))
        {
            return;
        }

        _files.Add(path);
        if (before is null || now is null || Outside(before) != Outside(now))
        {
            _wholeFiles.Add(path);
        }

        ILookup<string, string> old = Bodies(before), current = Bodies(now);
        _functions.UnionWith(old.Select(one => one.Key).Union(current.Select(one => one.Key)).Where(name => !old[name].SequenceEqual(current[name])));
    }

    private void SpreadToCallers(IReadOnlyList<SourceFile> files)
    {
        (string Name, string[] Calls)[] functions =
        [
            .. files.SelectMany(file => file.Functions, (file, function) => (function.Name, SourceCalls.In(file.Code[function.BodyStart..function.End]).Select(call => Last(call.Name)).ToArray())),
        ];
        bool more = true;
        while (more)
        {
            more = functions.Where(function => function.Calls.Any(_functions.Contains)).Aggregate(false, (any, function) => _functions.Add(function.Name) || any);
        }
    }

    private static string Last(string call) => call[(call.LastIndexOfAny(['.', ':', '>']) + 1)..];

    private static ILookup<string, string> Bodies(SourceFile? file)
        => (file?.Functions ?? []).ToLookup(function => function.Name, function => Normal(file!.Commentless[function.Start..function.End], file.Style), StringComparer.Ordinal);

    private static string Outside(SourceFile file)
    {
        StringBuilder rest = new();
        int at = 0;
        foreach (SourceFunction function in file.Functions.OrderBy(function => function.Start))
        {
            if (function.Start >= at)
            {
                rest.Append(file.Commentless, at, function.Start - at).Append('\n');
            }

            at = Math.Max(at, function.End);
        }

        return Normal(rest.Append(file.Commentless, at, file.Commentless.Length - at).ToString(), file.Style);
    }

    // Where indentation means something it stays.
    private static string Normal(string code, SourceStyle style)
        => string.Join('\n', code.Split('\n').Where(line => line.Trim().Length > 0).Select(line => style == SourceStyle.Indented ? line.TrimEnd() : line.Trim()));
}

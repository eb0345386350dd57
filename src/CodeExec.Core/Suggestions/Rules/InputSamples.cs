using CodeExec.Core.Suggestions.Inputs;

namespace CodeExec.Core.Suggestions.Rules;

/// <summary>The inputs that there are, as the model of those that are made; input may come as arguments, too.</summary>
internal sealed class InputSamples
{
    private static readonly string[] NamesOfCounts = ["n", "m", "k", "size", "count", "length"];

    private readonly IReadOnlyList<string> _known;
    private readonly IReadOnlyList<string> _requirementIds;
    private readonly InputShape _shape;
    private readonly bool _asArguments;

    private InputSamples(IReadOnlyList<string> known, IReadOnlyList<string> requirementIds, InputShape shape, bool asArguments)
    {
        _known = known;
        _requirementIds = requirementIds;
        _shape = shape;
        _asArguments = asArguments;
    }

    /// <summary>What to say where the form of the input is a guess.</summary>
    public string Doubt => _shape is UnknownShape ? " Nothing shows what the input looks like; this takes it to be that alone." : "";

    public static InputSamples Of(SuggestionRequest request, IReadOnlyList<SuggestedTest> examples)
    {
        KnownTest[] seen = [.. request.Tests.Where(test => test.Stdin is not null)];
        bool asArguments = seen.Length > 0 && seen.All(test => test.Args.Count > 0 && string.IsNullOrWhiteSpace(test.Stdin));
        string[] known = [.. seen.Select(test => asArguments ? string.Join('\n', test.Args) : test.Stdin!)];
        string[] models = [.. known, .. asArguments ? [] : examples.Select(one => one.Stdin)];

        // Most inputs are of the form that most have: one odd test must not make all others odd.
        InputShape shape = models.GroupBy(model => InputShape.Of([model]).GetType()).OrderByDescending(same => same.Count()).Select(same => InputShape.Of([.. same])).FirstOrDefault() ?? InputShape.Of([]);
        return new(known, seen.Select(test => test.RequirementIds).FirstOrDefault(ids => ids.Count > 0, []), shape, asArguments);
    }

    /// <summary>A test with this input, for what the first of the others is for.</summary>
    public SuggestedTest Make(string input) => new()
    {
        Id = "",
        Name = "",
        Kind = "",
        Why = "",
        Stdin = _asArguments ? "" : input,
        Args = _asArguments ? input.Split('\n') : [],
        RequirementIds = _requirementIds,
    };

    public bool Have(string word) => _known.Any(input => input.Contains(word, StringComparison.Ordinal));

    public string? WithWord(string word) => _shape.WithWord(word);

    public IEnumerable<string> WithValue(long value) => _shape.WithValue(value);

    public IEnumerable<string> At(NumberBound bound, long value) => IsCount(bound) ? _shape.WithCount(value) is { } input ? [input] : [] : _shape.WithValue(value);

    public bool IsCount(NumberBound bound)
        => bound.IsCount || (_shape.CountsItself && NamesOfCounts.Contains(bound.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Those of a kind that no input has yet.</summary>
    public IEnumerable<ShapedInput> Edges(ValueRange range)
        => _shape.Edges(range).Where(input => InputKinds.All.FirstOrDefault(kind => kind.Id == input.Kind) is not { } kind || !_known.Any(known => kind.Has(_shape.ValuesOf(known))));
}

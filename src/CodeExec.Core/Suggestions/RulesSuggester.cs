using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Skeletons;
using CodeExec.Core.Suggestions.Inputs;
using CodeExec.Core.Suggestions.Rules;

namespace CodeExec.Core.Suggestions;

/// <summary>
/// Suggests by rules alone: the same request gives the same tests, and nothing leaves this process. Examples that the texts give, the bounds that
/// they name, inputs that programs are often wrong about in the form of those that are there, and ways through the code that no test takes.
/// </summary>
public sealed class RulesSuggester : ITestSuggester
{
    public const string SuggesterName = "rules", FromSpecification = "specification";

    public string Name => SuggesterName;

    public Task<SuggesterAnswer> SuggestAsync(SuggestionRequest request, CancellationToken cancellationToken) => Task.FromResult(new SuggesterAnswer(Suggest(request)));

    public static IReadOnlyList<SuggestedTest> Suggest(SuggestionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        SuggestedTest[] examples = [.. Examples(request)];
        InputSamples samples = InputSamples.Of(request, examples);
        (RequirementText Text, NumberBound Bound)[] bounds = [.. RequirementText.Of(request).SelectMany(text => NumberBounds.In(text.Text), (text, bound) => (text, bound))];
        SuggestedTest[] found = [.. examples, .. Boundaries(bounds, samples), .. Branches(request, samples), .. Edges(bounds, samples)];
        return [.. found, .. Open(request, found)];
    }

    private static IEnumerable<SuggestedTest> Examples(SuggestionRequest request)
    {
        SpecificationContent content = new() { Requirements = request.Requirements, Criteria = request.Criteria };
        SuggestedTest[] written = [.. RequirementText.Of(request)
            .SelectMany(text => TextExamples.In(text.Text).Select(example => Example(text.Ids.FirstOrDefault("statement"), example.Stdin, example.Expected, text.Ids)))];

        // Skeletons take the first quotes for the input, which is a guess where a sentence says which is which.
        HashSet<string> told = new(written.SelectMany(one => one.RequirementIds), StringComparer.Ordinal);
        told.ExceptWith(request.Criteria.Where(one => one.Examples.Count > 0).Select(one => one.Id));
        IEnumerable<SuggestedTest> said = TestSkeletons.For(content).Where(one => one.Missing.Count == 0 && !told.Overlaps(one.RequirementIds))
            .Select(one => Example(one.Id, one.Stdin, one.Expected!, one.RequirementIds));
        return said.Concat(written).DistinctBy(one => one.Stdin.TrimEnd(), StringComparer.Ordinal);
    }

    private static SuggestedTest Example(string id, string stdin, string expected, IReadOnlyList<string> requirementIds) => new()
    {
        Id = $"{id}-example",
        Name = $"Example of {id}",
        Stdin = stdin,
        Expected = expected,
        ExpectedFrom = FromSpecification,
        RequirementIds = requirementIds,
        Kind = SuggestionKinds.Example,
        Why = requirementIds.Count > 0 ? $"The text of {requirementIds[0]} gives it as an example." : "The statement gives it as an example.",
    };

    private static IEnumerable<SuggestedTest> Boundaries((RequirementText Text, NumberBound Bound)[] bounds, InputSamples samples)
    {
        // First what is allowed, of all bounds; then what lies just outside.
        foreach (bool outside in new[] { false, true })
        {
            foreach ((RequirementText text, NumberBound bound) in bounds)
            {
                foreach (long value in bound.Values().Where(one => one.IsOutside == outside).Select(one => one.Value))
                {
                    foreach (string input in samples.At(bound, value))
                    {
                        string place = outside ? "just outside" : "at";
                        yield return samples.Make(input) with
                        {
                            Id = $"{text.Ids.FirstOrDefault("statement")}-{(value < 0 ? "minus" : "at")}-{Math.Abs(value)}",
                            Name = $"{bound.Name ?? (bound.IsCount ? "Length" : "Value")} {value}: {place} the bound",
                            RequirementIds = text.Ids,
                            Kind = SuggestionKinds.Boundary,
                            Why = $"\"{bound.Text}\": {value} is {place} the bound.{(outside ? " Leave it away if such input never comes." : "")}{samples.Doubt}",
                        };
                    }
                }
            }
        }
    }

    private static IEnumerable<SuggestedTest> Edges((RequirementText Text, NumberBound Bound)[] bounds, InputSamples samples)
    {
        NumberBound? ofValues = bounds.Select(one => one.Bound).FirstOrDefault(bound => !samples.IsCount(bound));
        foreach (ShapedInput input in samples.Edges(ofValues is null ? ValueRange.Any : new(ofValues.Low, ofValues.High)))
        {
            InputKind? kind = InputKinds.All.FirstOrDefault(one => one.Id == input.Kind);
            yield return samples.Make(input.Text) with
            {
                Id = input.Kind,
                Name = kind is null ? "Spaces" : char.ToUpperInvariant(kind.Name[0]) + kind.Name[1..],
                Kind = input.Kind,
                Why = $"{input.Why} No test has such an input yet.",
            };
        }
    }

    private static IEnumerable<SuggestedTest> Branches(SuggestionRequest request, InputSamples samples)
    {
        foreach ((string word, string place) in CodeLiterals.WordsIn(request.Files).Where(one => !samples.Have(one.Value)))
        {
            if (samples.WithWord(word) is { } input)
            {
                yield return Branch(samples.Make(input), $"word-{word}", $"\"{word}\"", $"The program asks for \"{word}\" ({place}), and no test has it.");
            }
        }

        foreach ((long value, string place) in CodeLiterals.NumbersIn(request.Files))
        {
            foreach (long near in new[] { value, value - 1, value + 1 })
            {
                foreach (string input in samples.WithValue(near).Take(1))
                {
                    yield return Branch(samples.Make(input), $"near-{Math.Abs(value)}", $"{near}: where the program parts", $"The program compares with {value} ({place}); {near} is {(near == value ? "at" : "beside")} it.");
                }
            }
        }
    }

    private static SuggestedTest Branch(SuggestedTest test, string id, string name, string why)
        => test with { Id = id, Name = name, Kind = SuggestionKinds.Branch, Why = why };

    private static IEnumerable<SuggestedTest> Open(SuggestionRequest request, IReadOnlyList<SuggestedTest> found)
    {
        HashSet<string> shown = new(found.SelectMany(one => one.RequirementIds).Select(request.RequirementOf), StringComparer.Ordinal);
        return request.Requirements.Where(one => request.Uncovered().Contains(one.Id) && !shown.Contains(one.Id)).Select(one => new SuggestedTest
        {
            Id = one.Id,
            Name = one.Text.Length <= 200 ? one.Text : one.Text[..200],
            RequirementIds = [one.Id],
            Kind = SuggestionKinds.Open,
            Why = $"No test shows {one.Id}, and its text does not say by which input and output one would: fill them in, or give the requirement an example.",
        });
    }
}

using System.Text.Json;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Specifications.Submitting;

/// <summary>Checks validation rules: each type needs members of its own, and takes no others.</summary>
internal sealed class RuleRules(Mistakes mistakes)
{
    private const int LongestPattern = 1000;

    private static readonly Dictionary<string, ValidationRuleType> Types = Enum.GetValues<ValidationRuleType>()
        .ToDictionary(type => JsonNamingPolicy.CamelCase.ConvertName(type.ToString()), StringComparer.Ordinal);

    public ValidationRule Check(SubmittedRule rule, int index, string at)
    {
        if (rule.Id is { } id && !FieldRules.IsId(id))
        {
            mistakes.Add(at + ".id", FieldRules.IdRule);
        }

        if (rule.Type is not { } name || !Types.TryGetValue(name, out ValidationRuleType type))
        {
            mistakes.Add(at + ".type", $"Must be one of {string.Join(", ", Types.Keys)}.");
            type = default;
        }
        else
        {
            CheckMembers(rule, type, at);
        }

        if (rule.Severity is not (null or "error" or "warning"))
        {
            mistakes.Add(at + ".severity", "Must be error or warning.");
        }

        return new ValidationRule
        {
            Id = rule.Id ?? $"V{index + 1}",
            Type = type,
            Text = rule.Text,
            Pattern = rule.Pattern,
            Max = rule.Max is { } max ? (int)Math.Clamp(max, 0, int.MaxValue) : null,
            Languages = rule.Languages ?? [],
            Message = rule.Message,
            IsWarning = rule.Severity == "warning",
            RequirementIds = rule.RequirementIds ?? [],
        };
    }

    private void CheckMembers(SubmittedRule rule, ValidationRuleType type, string at)
    {
        bool text = type is ValidationRuleType.RequiredText or ValidationRuleType.ForbiddenText or ValidationRuleType.RequiredFunction or ValidationRuleType.ForbiddenCall;
        bool pattern = type is ValidationRuleType.RequiredPattern or ValidationRuleType.ForbiddenPattern;
        bool languages = type is ValidationRuleType.AllowedLanguages;
        Need(text, rule.Text is { Length: > 0 and <= LongestPattern }, rule.Text is not null, at + ".text", $"Send a text of 1 to {LongestPattern} characters.");
        Need(pattern, rule.Pattern is { Length: > 0 and <= LongestPattern }, rule.Pattern is not null, at + ".pattern", $"Send a pattern of 1 to {LongestPattern} characters.");
        Need(languages, rule.Languages is { Count: > 0 }, rule.Languages is { Count: > 0 }, at + ".languages", "Name at least one language by its id.");
        Need(!text && !pattern && !languages, rule.Max is >= 0 and <= int.MaxValue, rule.Max is not null, at + ".max", "Send the most that is allowed: a whole number from 0.");
        if (pattern && rule.Pattern is { Length: > 0 and <= LongestPattern } own && PatternRegex.FindMistake(own) is { } mistake)
        {
            mistakes.Add(at + ".pattern", mistake);
        }
    }

    private void Need(bool needed, bool right, bool given, string field, string message)
    {
        if (needed ? !right : given)
        {
            mistakes.Add(field, needed ? message : "Is not for a rule of this type.");
        }
    }
}

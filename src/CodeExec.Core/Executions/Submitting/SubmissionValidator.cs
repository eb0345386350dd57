using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Containers;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Problems;
using CodeExec.Core.Secrets;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Executions.Submitting;

/// <summary>
/// Turns what a client asks for into what will be run. Everything is checked, and everything that is wrong is said at once; what is
/// accepted is run as it was sent.
/// </summary>
public sealed class SubmissionValidator(
    LanguageCatalog catalog, InstalledLanguages installed, ContainerProviders providers, ISecretProtector secrets, IOptions<SubmissionCeilings> options,
    IOptions<GradingOptions> grading, TimeProvider clock)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private readonly SubmissionCeilings _ceilings = options.Value;
    private readonly GradingOptions _grading = grading.Value;

    /// <param name="errors">Messages by field, as the client names it ("limits.memoryMb", "files[2].path"); empty when all is well.</param>
    public bool TryValidate(Submission submission, [NotNullWhen(true)] out ExecutionSpec? spec, out IReadOnlyDictionary<string, string[]> errors)
        => TryValidate(submission, null, out spec, out errors);

    /// <param name="problem">The one that the submission names; null if it names none, or there is no such one.</param>
    /// <inheritdoc cref="TryValidate(Submission, out ExecutionSpec?, out IReadOnlyDictionary{string, string[]})"/>
    public bool TryValidate(
        Submission submission, Problem? problem, [NotNullWhen(true)] out ExecutionSpec? spec, out IReadOnlyDictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(submission);
        Mistakes mistakes = new();
        (Language Language, LanguageVersion? Version)? chosen = CheckLanguage(submission, mistakes);
        if (chosen is { } known && problem?.Harness.GetValueOrDefault(known.Language.Id) is { } harness)
        {
            submission = harness.Around(submission, mistakes);
        }

        EntryChoice? program = FileRules.Check(submission, chosen?.Language, _ceilings, mistakes);
        ProcessRules.Check(submission, _ceilings, mistakes);
        MetadataRules.CheckLabels(submission.Labels, _ceilings, mistakes);
        MetadataRules.CheckStudent(submission.Student, mistakes);
        MetadataRules.CheckArtifacts(submission.Artifacts, _ceilings, mistakes);
        byte[] stdin = CheckStdin(submission.Stdin, mistakes);
        NetworkAccess network = OneOf(submission.Network, NetworkAccess.None, "network", mistakes);
        ExecutionPriority priority = OneOf(submission.Priority, ExecutionPriority.Normal, "priority", mistakes);
        string provider = CheckProvider(submission.Provider, mistakes);
        if (network != NetworkAccess.None && providers.Find(provider)?.WhyNoNetwork is { } whyNot)
        {
            mistakes.Add("network", whyNot);
        }

        SubmittedLimits? asked = problem is not null && chosen is { } language ? problem.LimitsFor(language.Language.Id) : submission.Limits;
        ResourceLimits limits = LimitRules.Check(asked, chosen?.Language.Limits ?? LimitRules.AnyDefaults, "limits", _ceilings, mistakes);
        ResourceLimits compileLimits = LimitRules.Check(submission.CompileLimits, chosen?.Language.CompileLimits ?? LimitRules.AnyDefaults, "compileLimits", _ceilings, mistakes);

        int runs = LimitRules.CheckRuns(submission.Runs, limits, _ceilings, mistakes);

        GradingSpec? graded = GradingRules.Check(submission, problem, chosen?.Language, suite => CheckSuite(suite, mistakes), mistakes);

        CallbackTarget? callback = CallbackRules.Check(submission.Callback, secrets, mistakes);
        DateTimeOffset? startAt = StartRules.Check(submission.StartAt, submission.DelayMs, _ceilings, clock.GetUtcNow(), mistakes);

        errors = mistakes.ByField;
        spec = mistakes.Any || program is null || chosen is not { Version: { } version } ? null : new ExecutionSpec
        {
            Language = chosen.Value.Language.Id,
            Version = version.Id,
            Files = program.Files,
            Entry = program.Entry,
            Stdin = stdin,
            Args = submission.Args ?? [],
            Env = submission.Env ?? Nothing,
            ProtectedSecrets = submission.Secrets?.ToDictionary(secret => secret.Key, secret => secrets.Protect(secret.Value), StringComparer.Ordinal) ?? Nothing,
            Limits = limits,
            CompileLimits = compileLimits,
            Runs = runs,
            CompileArgs = submission.CompileArgs ?? [],
            Network = network,
            Provider = provider,
            Priority = priority,
            Labels = submission.Labels ?? Nothing,
            Student = submission.Student,
            Artifacts = submission.Artifacts ?? [],
            Grading = graded,
            Callback = callback,
            StartAt = startAt,
        };
        return spec is not null;
    }

    /// <summary>The tests of a problem: their limits are checked against the ceilings of this host; what they leave out is the language's.</summary>
    /// <returns>A suite that may be used if there are no errors.</returns>
    public TestSuite ValidateSuite(SubmittedSuite suite, out IReadOnlyDictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(suite);
        Mistakes mistakes = new();
        TestSuite whole = CheckSuite(suite, mistakes);
        errors = mistakes.ByField;
        return whole;
    }

    private TestSuite CheckSuite(SubmittedSuite suite, Mistakes mistakes)
    {
        JudgeProgramRules programs = new((Submission program, out IReadOnlyDictionary<string, string[]> errors)
            => TryValidate(program, out ExecutionSpec? spec, out errors) ? spec : null);
        return new SuiteRules(_grading, _ceilings, programs, mistakes).Check(suite);
    }

    private (Language, LanguageVersion?)? CheckLanguage(Submission submission, Mistakes mistakes)
    {
        if (string.IsNullOrWhiteSpace(submission.Language))
        {
            mistakes.Add("language", $"Name a language: {Known()}.");
            return null;
        }

        if (catalog.Find(submission.Language) is not { } language)
        {
            mistakes.Add("language", $"{Texts.Quote(submission.Language)} is not known here. Known are {Known()}.");
            return null;
        }

        DetectedLanguage? here = installed.Find(language.Id);
        if (here is not { IsInstalled: true })
        {
            mistakes.Add("language", $"{language.Name} is known but not installed on this server. Its operator can install it: {here?.InstallHint ?? language.Install.ToString()}.");
            return (language, null);
        }

        LanguageVersion? version = here.FindVersion(submission.Version);
        if (version is null)
        {
            mistakes.Add("version", $"There is no {language.Name} {Texts.Quote(submission.Version!)} here. There is {string.Join(", ", here.Versions.Select(one => one.Id))}.");
        }

        return (language, version);
    }

    private string Known() => string.Join(", ", installed.Installed.Select(one => one.Language.Id));

    private byte[] CheckStdin(string? stdin, Mistakes mistakes)
    {
        if (Texts.ToBytes(stdin ?? "") is not { } bytes)
        {
            mistakes.Add("stdin", Texts.NotText);
            return [];
        }

        if (bytes.Length > _ceilings.StdinBytes)
        {
            mistakes.Add("stdin", $"May have {_ceilings.StdinBytes} bytes at most.");
        }

        return bytes;
    }

    private string CheckProvider(string? provider, Mistakes mistakes)
    {
        if (provider is null)
        {
            return providers.Default;
        }

        if (providers.Find(provider) is null)
        {
            mistakes.Add("provider", $"{Texts.Quote(provider)} is not a container provider of this server. It has {string.Join(", ", providers.All.Select(one => one.Name))}.");
        }

        return provider;
    }

    private static T OneOf<T>(string? text, T otherwise, string field, Mistakes mistakes)
        where T : struct, Enum
    {
        if (text is null)
        {
            return otherwise;
        }

        foreach (T value in Enum.GetValues<T>())
        {
            if (NameOf(value) == text)
            {
                return value;
            }
        }

        mistakes.Add(field, $"Must be one of {string.Join(", ", Enum.GetValues<T>().Select(NameOf))}.");
        return otherwise;
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum
        => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

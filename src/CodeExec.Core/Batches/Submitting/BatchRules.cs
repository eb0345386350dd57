using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Secrets;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>Checks what a batch says beside its submissions. Everything that is wrong is said at once.</summary>
public sealed class BatchRules(
    ProblemCatalog problems, ProblemValidator validator, IOptions<BatchOptions> options, IOptions<SubmissionCeilings> ceilings, ISecretProtector secrets, TimeProvider clock)
{
    private const int LongestName = 200;

    /// <returns>Null with errors, by field.</returns>
    internal async Task<(CheckedBatch? Batch, IReadOnlyDictionary<string, string[]> Errors)> CheckAsync(
        TenantId tenant, BatchId id, BatchDraft draft, BatchOrigin origin, CancellationToken cancellationToken)
    {
        Mistakes mistakes = new();
        (ProblemDraft Draft, CheckedProblem Checked)? own = draft.Suite is null ? null : OwnTests(id, draft, mistakes);
        Problem? problem = draft.Suite is null ? await FindProblemAsync(tenant, draft, mistakes, cancellationToken) : null;
        ExecutionPriority priority = Priority(draft.Priority, mistakes);
        int most = options.Value.Concurrency;
        if (draft.Concurrency is < 1)
        {
            mistakes.Add("concurrency", "Must be at least 1.");
        }

        if (draft.Name is { } name && (name.Length > LongestName || name.Any(char.IsControl) || Texts.ToBytes(name) is null))
        {
            mistakes.Add("name", $"May have {LongestName} characters at most, and no control characters.");
        }

        MetadataRules.CheckLabels(draft.Labels, ceilings.Value, mistakes);
        CallbackTarget? callback = CallbackRules.Check(draft.Callback, secrets, mistakes);
        DateTimeOffset? startAt = StartRules.Check(draft.StartAt, draft.DelayMs, ceilings.Value, clock.GetUtcNow(), mistakes);
        if (mistakes.Any)
        {
            return (null, mistakes.ByField);
        }

        Batch batch = new()
        {
            Id = id,
            Tenant = tenant,
            Name = draft.Name,
            Problem = problem?.Reference ?? new ProblemVersion(own!.Value.Draft.Id!, OwnProblems.OnlyVersion),
            ProblemFingerprint = problem?.Fingerprint ?? "",
            State = BatchState.Receiving,
            CreatedAt = clock.GetUtcNow(),
            ShardSize = options.Value.ShardSize,
            Concurrency = (int)Math.Min(draft.Concurrency ?? most, most), // at most so many at once: fewer are as right, and hosts differ
            Priority = priority,
            Force = draft.Force ?? false,
            Labels = draft.Labels ?? new Dictionary<string, string>(),
            RegradeOf = origin.RegradeOf,
            IdempotencyKey = origin.IdempotencyKey,
            Callback = callback,
            StartAt = startAt,
        };
        return (new CheckedBatch(batch, own), mistakes.ByField);
    }

    private (ProblemDraft Draft, CheckedProblem Checked) OwnTests(BatchId id, BatchDraft draft, Mistakes mistakes)
    {
        if (draft.Problem is not null)
        {
            mistakes.Add("tests", "Name a problem or send tests, not both.");
        }

        ProblemDraft own = new() { Id = OwnProblems.IdOf(id), Title = draft.Name ?? "Tests of a batch", Limits = draft.Limits, Suite = draft.Suite! };
        return (own, validator.CheckTests(own, mistakes));
    }

    private async Task<Problem?> FindProblemAsync(TenantId tenant, BatchDraft draft, Mistakes mistakes, CancellationToken cancellationToken)
    {
        if (draft.Limits is not null)
        {
            mistakes.Add("limits", "The problem sets them; they go with tests of the batch's own.");
        }

        Problem? problem = draft.Problem is { Id: { } id } named ? await problems.FindForGradingAsync(tenant, id, named.Version, cancellationToken) : null;
        if (problem is null)
        {
            mistakes.Add("problem", draft.Problem is null ? "Name a problem, or send tests." : GradingRules.NoSuchProblem(draft.Problem));
        }
        else if (problem.WhyNot is { } whyNot)
        {
            mistakes.Add("problem", whyNot);
        }

        return problem;
    }

    private static ExecutionPriority Priority(string? text, Mistakes mistakes)
    {
        switch (text)
        {
            case null or "low": return ExecutionPriority.Low;
            case "normal": return ExecutionPriority.Normal;
            case "high": return ExecutionPriority.High;
            default:
                mistakes.Add("priority", "Must be one of low, normal, high.");
                return ExecutionPriority.Low;
        }
    }
}

/// <param name="Own">Tests that belong to it alone, yet to be stored.</param>
internal sealed record CheckedBatch(Batch Batch, (ProblemDraft Draft, CheckedProblem Checked)? Own);

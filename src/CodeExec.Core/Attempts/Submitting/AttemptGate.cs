using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Attempts.Submitting;

/// <summary>Lets submissions to a problem through that counts attempts, as far as its rules allow.</summary>
public sealed class AttemptGate(ProblemCatalog problems, AttemptLedger ledger, TimeProvider clock)
{
    public const string NameTheStudent = "Attempts are counted here: say whose this one is.";

    /// <param name="accept">Accepts it under this id, as this attempt (null: attempts are not counted).</param>
    public async Task<SubmitOutcome> PassAsync(
        TenantId tenant, ExecutionSpec spec, SubmittedBy by, IdempotencyKey? key, Func<ExecutionId, CountedAttempt?, Task<SubmitOutcome>> accept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(accept);
        ExecutionId id = ExecutionId.New(clock);
        if (by == SubmittedBy.Us || await RulesAsync(tenant, spec, cancellationToken) is not { } rules)
        {
            return await accept(id, null);
        }

        if (spec.Student is not { } student)
        {
            return by == SubmittedBy.Author
                ? await accept(id, null)
                : new SubmitOutcome.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["student"] = [NameTheStudent] });
        }

        AttemptSubject subject = new(tenant, AttemptKind.Problem, spec.Grading!.Problem!.Id);
        Attempt wanted = new() { Id = id.ToString(), At = clock.GetUtcNow(), Work = id.ToString(), Key = key is null ? null : HashOf(key) };
        (Attempt? attempt, bool isNew, AttemptStanding standing) = await ledger.TakeAsync(subject, student, rules, wanted, cancellationToken);
        if (attempt is null)
        {
            return new SubmitOutcome.NoAttempt(standing);
        }

        SubmitOutcome outcome = await accept(id, CountedAttempt.Of(attempt, subject, student, rules));
        ExecutionRecord? record = (outcome as SubmitOutcome.Accepted)?.Record ?? (outcome as SubmitOutcome.Repeated)?.Record;
        if (record?.Attempt?.Id == attempt.Id)
        {
            if (record.Id.ToString() != attempt.Work)
            {
                await ledger.BindAsync(subject, student, attempt.Id, record.Id.ToString(), cancellationToken); // the request came twice at once, or after a crash
            }

            return outcome with { Attempts = standing };
        }

        if (isNew)
        {
            await ledger.ReleaseAsync(subject, student, attempt.Id, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Those of the newest version that may be submitted to hold, whichever is submitted to.</summary>
    /// <returns>Null where this submission is no attempt.</returns>
    private async Task<AttemptRules?> RulesAsync(TenantId tenant, ExecutionSpec spec, CancellationToken cancellationToken)
        => spec.Grading?.Problem is { Id: { } id }
            && (await problems.FindForGradingAsync(tenant, id, null, cancellationToken))?.Attempts is { } rules
            && (rules.CountsSamples || spec.Grading.Selection is not { Ids: null })
            ? rules
            : null;

    private static string HashOf(IdempotencyKey key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Key)).AsSpan(0, 16));
}

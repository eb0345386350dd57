using System.Text;
using CodeExec.Api.Access;
using CodeExec.Api.Requests;
using CodeExec.Core.Grading.Overriding;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Grading;

/// <summary>Reads points by hand.</summary>
internal sealed class OverrideReader(JsonBodyReader bodies, TimeProvider clock)
{
    private static readonly HashSet<string> Members = ["score", "reason"];

    /// <summary>A score, or null for the computed one again; and why.</summary>
    /// <param name="most">So many points at most.</param>
    public async Task<GradeOverride> ReadAsync(HttpContext context, decimal most)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        FieldErrors errors = new();
        JsonFields fields = new(body.Root, "", errors, Members);
        decimal? score = fields.Decimal("score");
        string reason = fields.Text("reason")?.Trim() ?? "";
        if (score < 0 || score > most)
        {
            errors.Add("score", $"Must be from 0 to {most}.");
        }

        if (reason.Length is 0 or > GradeOverride.LongestReason || reason.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar || Rune.IsControl(rune)))
        {
            errors.Add("reason", $"Say why, in 1 to {GradeOverride.LongestReason} characters on one line.");
        }

        errors.ThrowIfAny();
        return new GradeOverride(score, reason, context.GetCaller().Name, clock.GetUtcNow());
    }
}

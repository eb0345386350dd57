using System.Text;
using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Attempts;
using CodeExec.Core.Problems;
using CodeExec.Core.Specifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Grading;

/// <summary>Students' attempts at a problem or a challenge: looked at by all who may read, by students their own; more are given by admins.</summary>
internal sealed class AttemptEndpoints(ProblemCatalog problems, ChallengeCatalog challenges, AttemptLedger ledger, AttemptStore store, JsonBodyReader bodies, TimeProvider clock)
{
    private const int LargestPage = 200, DefaultPage = 50;

    private static readonly HashSet<string> Members = ["student", "attempts", "reason"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/problems/{id}/attempts", context => GetAsync(context, AttemptKind.Problem)).For(Role.Reader).OrStudents();
        routes.MapPost("/api/problems/{id}/attempts", context => GiveAsync(context, AttemptKind.Problem)).For(Role.Admin);
        routes.MapGet("/api/challenges/{id}/attempts", context => GetAsync(context, AttemptKind.Challenge)).For(Role.Reader).OrStudents();
        routes.MapPost("/api/challenges/{id}/attempts", context => GiveAsync(context, AttemptKind.Challenge)).For(Role.Admin);
    }

    private async Task GetAsync(HttpContext context, AttemptKind kind)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        string? named = query.Text("student"), after = query.Text("cursor");
        int limit = (int)query.Integer("limit", 1, LargestPage, DefaultPage);
        errors.ThrowIfAny();
        string? whose = context.GetCaller().Own(named, "attempts");
        (AttemptSubject subject, AttemptRules? rules) = await FindAsync(context, kind);
        if (whose is { } student)
        {
            await WriteAsync(context, subject, rules, await ledger.FindAsync(subject, student, context.RequestAborted));
            return;
        }

        IReadOnlyList<StudentAttempts> page = await store.ListAsync(subject, after, limit + 1, context.RequestAborted);
        AttemptListView view = new(
            AttemptRulesView.Of(rules),
            [.. page.Take(limit).Select(one => AttemptStandingView.Of(one.Standing(rules ?? new(), clock.GetUtcNow()))!)],
            page.Count > limit ? page[limit - 1].Student : null);
        await context.WriteAsync(StatusCodes.Status200OK, view, ApiJson.Default.AttemptListView);
    }

    private async Task GiveAsync(HttpContext context, AttemptKind kind)
    {
        using JsonBody body = await bodies.ReadAsync(context);
        string? key = IdempotencyHeader.Read(context.Request, body, context.Request.Path.Value ?? "") is { } given ? $"{given.Fingerprint} {given.Key}" : null;
        (string student, AttemptGrant grant) = Read(context, body, key);
        (AttemptSubject subject, AttemptRules? rules) = await FindAsync(context, kind);
        await WriteAsync(context, subject, rules, await ledger.GiveAsync(subject, student, grant, CancellationToken.None));
    }

    private (string Student, AttemptGrant Grant) Read(HttpContext context, JsonBody body, string? key)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body.Root, "", errors, Members);
        string? student = fields.Text("student");
        long? attempts = fields.Integer("attempts");
        string reason = fields.Text("reason")?.Trim() ?? "";
        if (!StudentNames.IsValid(student))
        {
            errors.Add("student", StudentNames.Rule);
        }

        if (attempts is null or 0 or < -AttemptGrant.Most or > AttemptGrant.Most)
        {
            errors.Add("attempts", $"Say how many more: from 1 to {AttemptGrant.Most}, or below zero to take some back.");
        }

        if (reason.Length is 0 or > AttemptGrant.LongestReason || reason.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar || Rune.IsControl(rune)))
        {
            errors.Add("reason", $"Say why, in 1 to {AttemptGrant.LongestReason} characters on one line.");
        }

        errors.ThrowIfAny();
        return (student!, new AttemptGrant((int)attempts!.Value, reason, context.GetCaller().Name, clock.GetUtcNow(), key));
    }

    private async Task WriteAsync(HttpContext context, AttemptSubject subject, AttemptRules? rules, StudentAttempts known)
    {
        AttemptStanding standing = known.Standing(rules ?? new(), clock.GetUtcNow());
        StudentAttemptsView view = new(
            known.Student,
            AttemptRulesView.Of(rules),
            standing.Used,
            standing.Left,
            standing.Given,
            standing.NextAt,
            [.. known.Attempts.Reverse().Select(attempt => AttemptView.Of(attempt, subject.Kind))],
            [.. (await store.ListGrantsAsync(subject, known.Student, context.RequestAborted)).Select(grant => new GrantView(grant.Attempts, grant.Reason, grant.By, grant.At))]);
        context.Tell(standing);
        await context.WriteAsync(StatusCodes.Status200OK, view, ApiJson.Default.StudentAttemptsView);
    }

    private async Task<(AttemptSubject Subject, AttemptRules? Rules)> FindAsync(HttpContext context, AttemptKind kind)
    {
        string id = context.GetRouteValue("id") as string ?? "";
        AttemptSubject subject = new(context.GetCaller().Tenant, kind, id);
        if (kind == AttemptKind.Problem && !OwnProblems.IsId(id) && await problems.FindAsync(subject.Tenant, id, null, context.RequestAborted) is { } problem)
        {
            return (subject, problem.Attempts);
        }

        return kind == AttemptKind.Challenge && await challenges.FindAsync(subject.Tenant, id, context.RequestAborted) is { } challenge
            ? (subject, challenge.Attempts)
            : throw new RequestRefusedException(new(ProblemTypes.NotFound, kind == AttemptKind.Problem ? "There is no such problem." : "There is no such challenge."));
    }
}

using System.Globalization;
using System.Text;
using CodeExec.Core.Grading;
using CodeExec.Core.Specifications.Running;

namespace CodeExec.Core.Specifications.Compliance;

/// <summary>A report as one page that needs nothing else: no script, no font, no picture from elsewhere.</summary>
public static class ComplianceHtml
{
    private const string Style = """
        :root{color-scheme:light dark;--ok:#1a7f37;--some:#9a6700;--bad:#cf222e;--none:#6e7781;--line:#8884}
        body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top;unicode-bidi:isolate;overflow-wrap:anywhere}
        code,pre{font:13px/1.4 ui-monospace,monospace}pre{margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}.n{white-space:nowrap;font-variant-numeric:tabular-nums}
        .met,.accepted,.passed{color:var(--ok)}.partial{color:var(--some)}.failed,.wrong{color:var(--bad)}.untested,.skipped{color:var(--none)}
        .facts{display:flex;flex-wrap:wrap;gap:1.5rem;margin:1rem 0}.facts b{display:block;font-size:1.4rem}
        svg{width:100%;height:22px;border-radius:4px}rect{stroke:canvas;stroke-width:2;vector-effect:non-scaling-stroke}details summary{cursor:pointer}
        @media(prefers-color-scheme:dark){:root{--ok:#5fd38d;--some:#e3b341;--bad:#ff8a80;--none:#9aa4ae}}
        @media(max-width:40rem){body{margin:1rem auto}.facts{gap:.8rem 1.2rem}thead{display:none}tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--line)}td{display:inline-block;border:0;padding:.1rem .8rem .1rem 0}td:first-child{display:block}.n{white-space:normal}}
        @media print{:root{color-scheme:light;--ok:#1a7f37;--some:#9a6700;--bad:#cf222e;--none:#6e7781}body{margin:0;max-width:none;font-size:11px}tr{break-inside:avoid}h2{break-after:avoid}details::details-content{content-visibility:visible;block-size:auto}}
        """;

    /// <param name="name">Of the specification, if it is a stored one.</param>
    public static string Make(ValidationRun run, ComplianceReport report, string? name)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder page = new();
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Compliance report</title>")
            .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><style>").Append(Style).Append("</style></head><body>");
        AppendHead(page, run, report, name);
        AppendRequirements(page, report);
        AppendRules(page, report);
        AppendTests(page, report);
        AppendSuggestions(page, report);
        return page.Append("</body></html>\n").ToString();
    }

    private static void AppendHead(StringBuilder page, ValidationRun run, ComplianceReport report, string? name)
    {
        page.Append("<h1>").Append(Text(name ?? "Compliance report")).Append(": <span class=\"").Append(Name(report.Result)).Append("\">").Append(Name(report.Result)).Append("</span></h1><p>").Append(name is null ? "" : "Compliance report, ")
            .Append(run.Subject.Version is { } version ? string.Create(CultureInfo.InvariantCulture, $"version {version}, ") : "").Append(Text(run.Language)).Append(", checked ").Append(run.EndedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture))
            .Append(", validation <code>").Append(Text(run.Id)).Append("</code></p><div class=\"facts\">");
        AppendFact(page, "score", Number(report.Score));
        AppendFact(page, "requirements met", $"{report.Coverage.Covered} of {report.Coverage.Total}");
        AppendFact(page, "tests passed", $"{report.Tests.Count(test => test.Passed)} of {report.Tests.Count}");
        AppendFact(page, "time of all tests", $"{Number(report.Costs.TotalWallMs)} ms");
        AppendFact(page, "most memory", $"{Number(report.Costs.PeakMemoryBytes / 1048576.0)} MB");
        page.Append("</div>");
        AppendBar(page, report);
    }

    // One block a requirement, coloured by its status: the map of what is covered.
    private static void AppendBar(StringBuilder page, ComplianceReport report)
    {
        int count = report.Requirements.Count;
        if (count == 0)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {count * 10} 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Requirements by status\">");
        for (int i = 0; i < count; i++)
        {
            RequirementCompliance one = report.Requirements[i];
            string colour = one.Status switch { RequirementStatus.Met => "ok", RequirementStatus.Partial => "some", RequirementStatus.Failed => "bad", _ => "none" };
            page.Append(CultureInfo.InvariantCulture, $"<rect x=\"{i * 10}\" y=\"0\" width=\"10\" height=\"10\" fill=\"var(--{colour})\"><title>")
                .Append(Text($"{one.Requirement.Id}: {Name(one.Status)}")).Append("</title></rect>");
        }

        page.Append("</svg>");
    }

    private static void AppendRequirements(StringBuilder page, ComplianceReport report)
    {
        Dictionary<string, ValidatedTest> tests = report.Tests.ToDictionary(test => test.Result.Id, StringComparer.Ordinal);
        Dictionary<string, RuleResult> rules = report.Rules.ToDictionary(rule => rule.Rule.Id, StringComparer.Ordinal);
        page.Append("<h2>Requirements</h2><table><thead><tr><th>Requirement</th><th>Status</th><th>Shown by</th></tr></thead><tbody>");
        foreach (RequirementCompliance one in report.Requirements)
        {
            page.Append("<tr><td><b>").Append(Text(one.Requirement.Id)).Append("</b> ").Append(Text(one.Requirement.Text)).Append(" <small>(").Append(Name(one.Requirement.Priority)).Append(")</small>");
            foreach (CriterionCompliance criterion in one.Criteria)
            {
                page.Append("<br><small class=\"").Append(Name(criterion.Status)).Append("\">").Append(Text(criterion.Criterion.Id)).Append(": ").Append(Text(criterion.Criterion.Text)).Append("</small>");
            }

            page.Append("</td><td class=\"").Append(Name(one.Status)).Append("\">").Append(Name(one.Status)).Append("</td><td class=\"n\">");
            page.AppendJoin("<br>", one.Tests.Select(id => $"test {Link(id)}: {VerdictOf(tests[id].Result)}").Concat(one.Rules.Select(id => $"rule {Text(id)}: {Outcome(rules[id])}")));
            page.Append("</td></tr>");
        }

        page.Append("</tbody></table>");
    }

    private static void AppendRules(StringBuilder page, ComplianceReport report)
    {
        if (report.Rules.Count == 0)
        {
            return;
        }

        page.Append("<h2>Rules</h2><table><thead><tr><th>Rule</th><th>Result</th><th>What it found</th></tr></thead><tbody>");
        foreach (RuleResult one in report.Rules)
        {
            page.Append("<tr><td>").Append(Text(one.Rule.Id)).Append(" (").Append(Name(one.Rule.Type)).Append(")</td><td>").Append(Outcome(one)).Append("</td><td>").Append(Text(one.Message)).Append("</td></tr>");
        }

        page.Append("</tbody></table>");
    }

    private static void AppendTests(StringBuilder page, ComplianceReport report)
    {
        page.Append("<h2>Tests</h2><table><thead><tr><th>Test</th><th>Verdict</th><th>Time</th><th>Memory</th><th>For</th></tr></thead><tbody>");
        foreach (ValidatedTest test in report.Tests)
        {
            TestResult result = test.Result;
            page.Append("<tr id=\"test-").Append(Text(result.Id)).Append("\"><td>").Append(Text(result.Id)).Append(' ').Append(Text(result.Name))
                .Append(result.Hidden ? " <small>(hidden)</small>" : "").Append(test.ReusedFrom is null ? "" : " <small>(unchanged since an earlier run)</small>");
            AppendDetails(page, result);
            page.Append("</td><td class=\"n\">").Append(VerdictOf(result)).Append("</td><td class=\"n\">").Append(Number(result.WallMs)).Append(" ms</td><td class=\"n\">")
                .Append(Number(result.MemoryBytes / 1048576.0)).Append(" MB</td><td>").Append(Text(string.Join(", ", result.RequirementIds))).Append("</td></tr>");
        }

        page.Append("</tbody></table>");
    }

    private static void AppendDetails(StringBuilder page, TestResult result)
    {
        string? details = result.Diff ?? (result.Verdict == Verdict.Accepted ? null : result.Stderr is { Length: > 0 } stderr ? stderr : result.Message);
        if (details is { Length: > 0 })
        {
            page.Append("<details><summary>why</summary><pre>").Append(Text(details)).Append("</pre></details>");
        }
    }

    private static void AppendSuggestions(StringBuilder page, ComplianceReport report)
    {
        if (report.Suggestions.Count > 0)
        {
            page.Append("<h2>What to do next</h2><ul>").AppendJoin("", report.Suggestions.Select(one => $"<li>{Text(one)}</li>")).Append("</ul>");
        }
    }

    private static void AppendFact(StringBuilder page, string name, string value) => page.Append("<div><b>").Append(value).Append("</b>").Append(name).Append("</div>");

    private static string VerdictOf(TestResult result)
    {
        string style = result.Verdict == Verdict.Accepted ? "accepted" : result.Verdict.IsNotTheSubmitters() ? "skipped" : "wrong";
        return $"<span class=\"{style}\">{ReportText.Of(result.Verdict)}</span>";
    }

    private static string Outcome(RuleResult rule)
        => rule.Passed ? "<span class=\"passed\">passed</span>" : rule.Rule.IsWarning ? "<span class=\"partial\">warning</span>" : "<span class=\"failed\">broken</span>";

    private static string Link(string id) => $"<a href=\"#test-{Text(id)}\">{Text(id)}</a>";

    private static string Name<T>(T value)
        where T : struct, Enum
        => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private static string Text(string? text) => ReportText.Of(text);
}

using System.CommandLine;
using CodeExec.Bench;

Option<string[]> only = new("--only") { Description = "Only these: " + string.Join(", ", BenchRun.Scenarios.Select(s => s.Name)) + ".", HelpName = "NAME" };
Option<bool> quick = new("--quick") { Description = "A few rounds of everything: shows that it works, measures nothing." };
Option<string?> json = new("--json") { Description = "Also write all figures here.", HelpName = "FILE" };
Option<string?> server = new("--server") { Description = "Measure this running server. ($CODEEXEC_KEY is its key.)", HelpName = "URL" };
Option<int> minutes = new("--minutes") { Description = "How long the soak lasts.", HelpName = "N", DefaultValueFactory = _ => 8 };
Option<int> submissions = new("--submissions") { Description = "How many Python submissions are graded, and of C++ a fifth of it.", HelpName = "N", DefaultValueFactory = _ => 1000 };
only.AcceptOnlyFromAmong([.. BenchRun.Scenarios.Select(s => s.Name)]);
RootCommand root = new("Measures CodeExec beside the same programs on the bare machine, and prints tables in markdown.") { only, quick, json, server, minutes, submissions };
root.SetAction((parsed, cancellationToken) => BenchRun.RunAsync(
    new BenchOptions(
        parsed.GetValue(only) ?? [], parsed.GetValue(quick), parsed.GetValue(json),
        parsed.GetValue(server) is { } address ? new Uri(address) : null, Environment.GetEnvironmentVariable("CODEEXEC_KEY"), Math.Max(2, parsed.GetValue(minutes)), Math.Max(10, parsed.GetValue(submissions))),
    cancellationToken));
return await root.Parse(args).InvokeAsync();

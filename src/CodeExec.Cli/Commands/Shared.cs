using System.CommandLine;

namespace CodeExec.Cli.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class Shared
{
    public static Argument<string> Id() => new("ID") { Description = "The execution's id." };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };
}

namespace CodeExec.Core.Executions.Submitting;

/// <summary>What a program is started with: arguments, environment variables, secrets.</summary>
internal static class ProcessRules
{
    public static void Check(Submission submission, SubmissionCeilings ceilings, Mistakes mistakes)
    {
        long bytes = CheckArguments(submission.Args, "args", ceilings, mistakes)
            + CheckArguments(submission.CompileArgs, "compileArgs", ceilings, mistakes)
            + CheckVariables(submission.Env, "env", ceilings, mistakes)
            + CheckVariables(submission.Secrets, "secrets", ceilings, mistakes);
        if (bytes > ceilings.ArgumentsAndVariablesBytes)
        {
            mistakes.Add("args", $"Arguments and variables together may have {ceilings.ArgumentsAndVariablesBytes} bytes at most; send large data as stdin or files.");
        }

        int variables = (submission.Env?.Count ?? 0) + (submission.Secrets?.Count ?? 0);
        if (variables > ceilings.Variables)
        {
            mistakes.Add("env", $"There may be {ceilings.Variables} variables and secrets at most; these are {variables}.");
        }

        foreach (string name in submission.Secrets?.Keys.Where(name => submission.Env?.ContainsKey(name) == true) ?? [])
        {
            mistakes.Add($"secrets.{name}", "Is in 'env' too; a variable has one value.");
        }

        foreach (string name in submission.Secrets?.Where(secret => secret.Value.Length == 0).Select(secret => secret.Key) ?? [])
        {
            mistakes.Add($"secrets.{name}", "Must not be empty: an empty text can not be hidden in an output.");
        }
    }

    public static long CheckArguments(IReadOnlyList<string>? arguments, string field, SubmissionCeilings ceilings, Mistakes mistakes)
    {
        if (arguments?.Count > ceilings.Arguments)
        {
            mistakes.Add(field, $"There may be {ceilings.Arguments} at most; these are {arguments.Count}.");
            return 0;
        }

        return arguments?.Select((argument, index) => Measure(argument, $"{field}[{index}]", 0, ceilings, mistakes)).Sum() ?? 0;
    }

    private static long CheckVariables(IReadOnlyDictionary<string, string>? variables, string field, SubmissionCeilings ceilings, Mistakes mistakes)
    {
        long bytes = 0;
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>())
        {
            if (IsName(name))
            {
                bytes += Measure(value, $"{field}.{name}", name.Length + 1, ceilings, mistakes);
            }
            else
            {
                mistakes.Add(field, $"{Texts.Quote(name)} is no name for a variable: letters, digits and '_', not a digit first.");
            }
        }

        return bytes;
    }

    private static long Measure(string text, string field, int more, SubmissionCeilings ceilings, Mistakes mistakes)
    {
        int bytes = Texts.Measure(text, field, mistakes);
        if (bytes + more > ceilings.ArgumentBytes)
        {
            mistakes.Add(field, $"May have {ceilings.ArgumentBytes - more} bytes at most; send large data as stdin or files.");
        }

        return Math.Max(0, bytes) + more;
    }

    private static bool IsName(string name)
        => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}

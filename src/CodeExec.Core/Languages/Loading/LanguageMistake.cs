namespace CodeExec.Core.Languages.Loading;

/// <param name="Member">Where in the file, as a path: "compile.command".</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record LanguageMistake(string File, string Member, string Message)
{
    public override string ToString() => Member.Length == 0 ? $"{File}: {Message}" : $"{File}: {Member}: {Message}";
}

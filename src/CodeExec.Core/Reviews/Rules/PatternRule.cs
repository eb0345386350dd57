using System.Text.RegularExpressions;
using CodeExec.Core.SourceCode;

namespace CodeExec.Core.Reviews.Rules;

/// <summary>Traps of each language, and errors that nobody hears of, told by how they are written. Comments and texts do not count.</summary>
internal sealed class PatternRule : ISourceRule
{
    private const int MostOfOne = 5;

    private static readonly Trap[] Traps =
    [
        Errors("python", "bare-except", @"^[ \t]*except[ \t]*:", "A bare except also catches what should end the program.", "Name the exceptions that you can handle."),
        Errors("python", "swallowed-exception", @"^[ \t]*except\b[^:\n]*:[ \t]*(?:\n[ \t]*)?pass\b", "The exception is caught and nobody hears of it.", "Handle it, or let it go on."),
        Errors("python", "unclosed-file", @"^[ \t]*\w+[ \t]*=[ \t]*open\(", "The file is not closed when something fails in between.", "Open it in a 'with' statement."),
        Trap.Warn("python", "mutable-default", @"\bdef\b[^\n]*=[ \t]*(?:\[\]|\{\}|set\(\))[ \t]*[,)]", "The default is made once and shared by all calls.", "Take None, and make it in the function."),
        Trap.Hint("python", "none-equality", @"[=!]=[ \t]*None\b", "None is compared with ==, which a class may redefine.", "Write 'is None'."),
        Trap.Hint("python", "star-import", @"^[ \t]*from[ \t]+\S+[ \t]+import[ \t]+\*", "Nobody sees where a name comes from.", "Import the names that you use."),
        Trap.Slow("python", "growing-text", @"^[ \t]+(?:result|res|out|output|s|text)[ \t]*\+=[ \t]*[""']", "A text that grows in a loop is copied each time.", "Collect the parts in a list and join them."),
        Errors("javascript,typescript,java,cpp,csharp", "swallowed-exception", @"\bcatch\s*(?:\([^()]*\))?\s*\{\s*\}", "The exception is caught and nobody hears of it.", "Handle it, or let it go on."),
        Errors("javascript,typescript", "unheard-rejection", @"\.then\([^;]*\)\s*;", "What the promise rejects with is lost, unless a catch follows.", "Await it, or add .catch."),
        Trap.Warn("javascript,typescript", "loose-equality", @"[^=!<>]==[^=]|!=[^=]", "== converts its operands first.", "Write === or !==."),
        Trap.Hint("javascript,typescript", "var", @"\bvar\s+\w", "A var is seen in the whole function.", "Write const or let."),
        Trap.Warn("javascript,typescript", "inner-html", @"\.innerHTML\s*=", "Markup that may come from users is put into the page.", "Set textContent."),
        Trap.Hint("typescript", "any", @":\s*any\b", "'any' switches the checks off.", "Name the type, or write unknown."),
        Trap.Warn("java", "text-identity", @"[=!]=\s*""|""\s*[=!]=", "Texts are compared by identity.", "Use equals."),
        Errors("java", "broad-catch", @"\bcatch\s*\(\s*(?:final\s+)?(?:Exception|Throwable)\b", "What nobody thought of is caught, too.", "Name the exceptions that you can handle."),
        Errors("java", "print-stack-trace", @"\.printStackTrace\(\s*\)", "The exception is printed, and the program goes on as if nothing had happened.", "Handle it, or let it go on."),
        Errors("go", "ignored-error", @"(?:,\s*_|\b_)\s*:?=\s*[\w.]+\(", "A result is thrown away; often it is the error.", "Look at the error, and return it."),
        Trap.Warn("go", "panic", @"\bpanic\(", "A panic ends the whole program.", "Return an error."),
        Errors("c,cpp", "unchecked-input", @"^[ \t]*(?:std::)?scanf\(", "Nobody looks whether anything was read.", "Compare the result of scanf with the number of values."),
        Errors("c", "unchecked-allocation", @"=\s*(?:\([^()]*\)\s*)?(?:malloc|calloc|realloc)\([^;]*\);\s*\n[ \t]*\w+(?:\[|->|\s*=)", "The memory is used before anybody looks whether there is any.", "Compare the pointer with NULL first."),
        Errors("cpp", "raw-new", @"=\s*new\s+\w", "Who deletes this, also when something throws?", "Use std::make_unique, or a container."),
        Trap.Slow("cpp", "flush-in-loop", @"<<\s*(?:std::)?endl", "endl flushes each time, which costs more than the output.", "Write '\\n'."),
        Trap.Hint("cpp", "using-namespace", @"^[ \t]*using[ \t]+namespace[ \t]+std\b", "All names of std are now names of this file.", "Name those that you use."),
        Errors("bash", "no-exit-on-error", @"\A(?:#![^\n]*)?\s*\n(?:[^s][^\n]*\n)+\z", "The script goes on after a command that failed.", "Begin with 'set -euo pipefail'."),
        Trap.Warn("bash", "unquoted", @"(?:rm|cp|mv|cat|cd)\s+(?:-\w+\s+)*\$\w", "A variable without quotes is parted at spaces.", "Put it in double quotes."),
        Trap.Warn("*", "endless-loop", @"\bwhile\s*\(\s*(?:true|1)\s*\)\s*;", "This loop never ends.", "Give it a condition, or a way out."),
    ];

    public IEnumerable<ReviewSuggestion> Check(SourceFile file) => Traps.Where(trap => trap.IsFor(file.Language)).SelectMany(trap => trap.Find(file).Take(MostOfOne));

    private static Trap Errors(string languages, string name, string pattern, string message, string fix)
        => new(languages, name, pattern, SuggestionCategory.Errors, SuggestionSeverity.Warning, message, fix);

    private sealed class Trap(string languages, string name, string pattern, SuggestionCategory category, SuggestionSeverity severity, string message, string fix)
    {
        private readonly string[] _languages = languages.Split(',');

        private readonly Regex _pattern = new(pattern, RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant);

        public static Trap Warn(string languages, string name, string pattern, string message, string fix)
            => new(languages, name, pattern, SuggestionCategory.Correctness, SuggestionSeverity.Warning, message, fix);

        public static Trap Hint(string languages, string name, string pattern, string message, string fix)
            => new(languages, name, pattern, SuggestionCategory.Maintainability, SuggestionSeverity.Info, message, fix);

        public static Trap Slow(string languages, string name, string pattern, string message, string fix)
            => new(languages, name, pattern, SuggestionCategory.Performance, SuggestionSeverity.Info, message, fix);

        public bool IsFor(string language) => _languages.Contains(language, StringComparer.Ordinal) || _languages[0] == "*";

        public IEnumerable<ReviewSuggestion> Find(SourceFile file)
            => _pattern.Matches(file.Code).Select(match => ReviewSuggestion.At(file, file.LineOf(match.Index + FirstMark(match.Value)), name, category, severity, message, fix));

        private static int FirstMark(string found) => found.Length - found.TrimStart().Length;
    }
}

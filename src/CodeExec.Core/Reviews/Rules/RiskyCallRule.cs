using CodeExec.Core.SourceCode;

namespace CodeExec.Core.Reviews.Rules;

/// <summary>Calls that run what they are given, overrun what they write to, or tell what should be secret.</summary>
internal sealed class RiskyCallRule : ISourceRule
{
    private static readonly Dictionary<string, RiskyCall[]> ByLanguage = new(StringComparer.Ordinal)
    {
        ["python"] =
        [
            new("eval", "runs whatever text it is given", "Use ast.literal_eval, or parse the text."),
            new("exec", "runs whatever text it is given", "Call a function that you wrote."),
            new("os.system", "hands a text to a shell", "Use subprocess.run with a list of arguments."),
            new("os.popen", "hands a text to a shell", "Use subprocess.run with a list of arguments."),
            new("pickle.loads", "runs code that stands in the data", "Use json for data from elsewhere."),
            new("pickle.load", "runs code that stands in the data", "Use json for data from elsewhere."),
            new("yaml.load", "makes objects of any type that the data names", "Use yaml.safe_load."),
            new("tempfile.mktemp", "names a file that somebody else may make first", "Use tempfile.NamedTemporaryFile."),
            new("hashlib.md5", "is broken as a hash", "Use hashlib.sha256."),
        ],
        ["javascript"] = Script,
        ["typescript"] = Script,
        ["java"] =
        [
            new("Runtime.getRuntime", "starts programs from a text", "Use ProcessBuilder with a list of arguments."),
            new("readObject", "runs code that the data names", "Read JSON, or set an ObjectInputFilter.", IsMethod: true),
            new("Thread.stop", "leaves objects half changed", "Interrupt the thread and let it end."),
            new("System.exit", "ends the whole process from within", "Return, or throw an exception."),
        ],
        ["c"] = Native,
        ["cpp"] = Native,
        ["go"] =
        [
            new("exec.Command", "starts a program: its arguments must not come from users", "Keep a list of what may be started."),
            new("unsafe.Pointer", "goes around the type system", "Use encoding/binary, or a slice."),
            new("md5.New", "is broken as a hash", "Use crypto/sha256."),
        ],
    };

    private static RiskyCall[] Script =>
    [
        new("eval", "runs whatever text it is given", "Use JSON.parse, or a table of functions."),
        new("Function", "makes code from a text", "Write the function."),
        new("child_process.exec", "hands a text to a shell", "Use execFile with a list of arguments."),
        new("execSync", "hands a text to a shell", "Use execFileSync with a list of arguments."),
        new("document.write", "writes markup that may come from users", "Set textContent."),
    ];

    private static RiskyCall[] Native =>
    [
        new("gets", "writes behind the end of its buffer", "Use fgets with the size of the buffer."),
        new("strcpy", "writes behind the end of its buffer", "Use std::string, or snprintf with the size."),
        new("strcat", "writes behind the end of its buffer", "Use std::string, or snprintf with the size."),
        new("sprintf", "writes behind the end of its buffer", "Use snprintf with the size."),
        new("vsprintf", "writes behind the end of its buffer", "Use vsnprintf with the size."),
        new("system", "hands a text to a shell", "Use posix_spawn or execv with a list of arguments."),
        new("tmpnam", "names a file that somebody else may make first", "Use mkstemp."),
        new("alloca", "overruns the stack without a word", "Use a vector."),
    ];

    public IEnumerable<ReviewSuggestion> Check(SourceFile file)
    {
        RiskyCall[] risky = ByLanguage.GetValueOrDefault(file.Language) ?? [];
        foreach ((string name, int offset) in SourceCalls.In(file.Code))
        {
            // A name with a dot must stand there whole; one without may also be a function of the program's own.
            RiskyCall? found = risky.FirstOrDefault(call => call.Name.Contains('.', StringComparison.Ordinal) || call.IsMethod ? SourceCalls.Names(name, call.Name) : name == call.Name || name == "std::" + call.Name);
            if (found is not null && file.Functions.All(function => function.Name != found.Name))
            {
                yield return ReviewSuggestion.At(
                    file, file.LineOf(offset), "risky-call", SuggestionCategory.Risk, SuggestionSeverity.Error, $"'{found.Name}' {found.Risk}.", found.Fix);
            }
        }
    }

    private sealed record RiskyCall(string Name, string Risk, string Fix, bool IsMethod = false);
}

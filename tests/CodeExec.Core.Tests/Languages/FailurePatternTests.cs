using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Loading;

namespace CodeExec.Core.Tests.Languages;

/// <summary>What the languages' own failure patterns read from what real programs wrote when they died.</summary>
public sealed class FailurePatternTests
{
    private static readonly LanguageCatalog Catalog = LanguageFiles.Load(RepositoryFolder.Languages);

    [Theory]
    [InlineData("python", "note\nTraceback (most recent call last):\n  File \"/workspace/main.py\", line 2, in <module>\n    f()\n    ^^^\nValueError: boom\nmore\n", "ValueError: boom")]
    [InlineData("python", "Traceback (most recent call last):\n  File \"main.py\", line 1\nKeyError: 'a'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"main.py\", line 3\na.b.Own\n", "a.b.Own")]
    [InlineData("python", "  File \"/workspace/main.py\", line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax\n", "SyntaxError: invalid syntax")]
    [InlineData("python", "wrong: expected 3\n", null)]
    [InlineData("javascript", "/workspace/main.js:1\nthrow new Error(\"multi\nline\")\n      ^\n\nError: multi\nline\n    at f (/tmp/e.js:1:26)\n\nNode.js v20.20.2\n", "Error: multi")]
    [InlineData("javascript", "/workspace/main.js:1\nlet (\n     \n\nSyntaxError: Unexpected end of input\n    at wrapSafe (node:internal)\n\nNode.js v20.20.2\n", "SyntaxError: Unexpected end of input")]
    [InlineData("javascript", "note\n\nWrong: expected 3\n", null)]
    [InlineData("bash", "main.sh: line 2: X: unbound variable\n", "unbound variable")]
    [InlineData("bash", "main.sh: line 1: syntax error near unexpected token `then'\nmain.sh: line 1: `if then'\n", "syntax error: near unexpected token `then'")]
    [InlineData("bash", "main.sh: line 1: unexpected EOF while looking for matching `\"'\n", "unexpected EOF: while looking for matching `\"'")]
    [InlineData("bash", "main.sh: line 1: nosuchcmd: command not found\n", null)]
    [InlineData("typescript", "node:fs:573\n  return binding.open(\n                 ^\n\nError: ENOENT: no such file\n    at a (b) {\n  errno: -2\n}\n\nNode.js v20.20.2\n", "Error: ENOENT: no such file")]
    [InlineData("java", "Exception in thread \"main\" java.lang.IllegalStateException: boom\n\tat Main.main(Main.java:1)\n", "java.lang.IllegalStateException: boom")]
    [InlineData("java", "Exception in thread \"main\" java.lang.StackOverflowError\n\tat Main.f(Main.java:1)\n", "java.lang.StackOverflowError")]
    [InlineData("go", "panic: runtime error: index out of range [3] with length 0\n\ngoroutine 1 [running]:\nmain.main()\n", "panic: runtime error: index out of range [3] with length 0")]
    [InlineData("cpp", "terminate called after throwing an instance of 'std::runtime_error'\n  what():  boom\n", "std::runtime_error: boom")]
    [InlineData("cpp", "terminate called after throwing an instance of 'int'\n", "int")]
    public void Find_WhatADyingProgramWrote_IsItsError(string language, string stderr, string? error)
        => Assert.Equal(error, Catalog.Find(language)!.Failure!.Find(stderr)?.ToString());
}

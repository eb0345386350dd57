using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Tests.Workspaces;

public sealed class GlobTests
{
    [Theory]
    [InlineData("a.txt", "a.txt", true)]
    [InlineData("a.txt", "b/a.txt", false)]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("*.txt", ".txt", true)]
    [InlineData("*.txt", "b/a.txt", false)]
    [InlineData("**/*.txt", "a.txt", true)]
    [InlineData("**/*.txt", "b/c/a.txt", true)]
    [InlineData("out/**", "out/a", true)]
    [InlineData("out/**", "out/a/b", true)]
    [InlineData("out/**", "outer/a", false)]
    [InlineData("**", "a/b", true)]
    [InlineData("a/**/b/**/c", "a/x/b/b/y/c", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("?", "é", true)]
    [InlineData("?", "ab", false)]
    [InlineData("[a]", "a", false)]
    [InlineData("./a", "a", true)]
    [InlineData("../a", "a", false)]
    public void Matches_Example_AsDocumented(string pattern, string path, bool expected) =>
        Assert.Equal(expected, new Glob(pattern).Matches(path.Split('/')));

    [Fact]
    public void Matches_RandomPatterns_AgreesWithARegularExpression()
    {
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            string pattern = Text(random, "ab*?", "/**/", 8);
            string path = Text(random, "ab", "/", 8);
            Assert.True(new Glob(pattern).Matches(path.Split('/')) == ByRegex(pattern, path), $"{pattern} on {path}");
        }
    }

    [Fact]
    public void MayMatchBelow_FolderOfAnyMatch_IsTrue()
    {
        Random random = new(8);
        for (int i = 0; i < 20_000; i++)
        {
            Glob glob = new(Text(random, "ab*?", "/**/", 8));
            string[] path = Text(random, "ab", "/", 8).Split('/');
            if (glob.Matches(path))
            {
                Assert.All(Enumerable.Range(0, path.Length), length => Assert.True(glob.MayMatchBelow(path[..length])));
            }
        }
    }

    [Fact]
    public void Matches_PatternMadeToBacktrack_IsDoneAtOnce()
    {
        string evil = string.Concat(Enumerable.Repeat("*a", 200)) + "b";

        Assert.False(new Glob(evil).Matches([new string('a', 255)]));
        Assert.False(new Glob(string.Concat(Enumerable.Repeat("**/a/", 100)) + "b").Matches([.. Enumerable.Repeat("a", 1000)]));
    }

    [SuppressMessage("Security", "CA5394", Justification = "Test data, the same in every run.")]
    private static string Text(Random random, string letters, string separators, int length)
    {
        string text = "";
        while (text.Length < length)
        {
            text += random.Next(4) == 0 ? separators[..random.Next(1, separators.Length + 1)] : letters[random.Next(letters.Length)];
        }

        string cleaned = string.Join('/', text.Split('/', StringSplitOptions.RemoveEmptyEntries));
        return cleaned.Length == 0 ? "a" : cleaned;
    }

    private static bool ByRegex(string pattern, string path)
    {
        string[] parts = pattern.Split('/');
        string expression = string.Concat(parts.Select(part => part == "**" ? "(/[^/]+)*" : "/" + Regex.Escape(part).Replace("\\*", "[^/]*", StringComparison.Ordinal).Replace("\\?", "[^/]", StringComparison.Ordinal)));
        return Regex.IsMatch("/" + path, $"^{expression}$");
    }
}

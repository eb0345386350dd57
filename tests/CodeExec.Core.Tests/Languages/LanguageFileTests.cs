using System.Text.Json.Nodes;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Loading;

namespace CodeExec.Core.Tests.Languages;

public class LanguageFileTests
{
    [Fact]
    public void Read_AFileWithNothingWrong_IsTheLanguage()
    {
        Language language = Read(Good(), out List<LanguageMistake> mistakes)!;

        Assert.Empty(mistakes);
        Assert.Equal(("toy", "Toy", 300), (language.Id, language.Name, language.Limits.MemoryMb));
        Assert.Null(language.WarmUp);
        Assert.Equal(["toyc", "a.toy"], language.Compile!.Command.Expand(new CommandValues { Entry = "a.toy", Sources = ["a.toy"], MemoryMb = 1 }));
    }

    /// <summary>One row a mistake: the member, the JSON to put there (null takes it away), and what the message has to name.</summary>
    [Theory]
    [InlineData("id", null, "is missing")]
    [InlineData("id", "\"Has Space\"", "may have")]
    [InlineData("name", "7", "must be a text")]
    [InlineData("name", "\"\"", "not empty")]
    [InlineData("aliases", "[1]", "list of texts")]
    [InlineData("extensions", null, "is missing")]
    [InlineData("extensions", "[\"toy\"]", "dot")]
    [InlineData("entry", null, "is missing")]
    [InlineData("entry.fileName", "\"src/main.toy\"", "plain file name")]
    [InlineData("entry.fileName", "\"../main.toy\"", "plain file name")]
    [InlineData("entry.classes", "{ \"declaration\": \"(?<name>\\\\w+)\" }", "is missing")]
    [InlineData("versions", "[{ \"id\": \"1\" }, { \"id\": \"2\" }]", "exactly one version")]
    [InlineData("versions", "[{ \"id\": \"1\", \"default\": true }, { \"id\": \"2\", \"aliases\": [\"1\"] }]", "'1' stands for more than one")]
    [InlineData("detect", null, "is missing")]
    [InlineData("detect.command", "[]", "at least the program")]
    [InlineData("detect.pattern", "\"(\"", "not a regular expression")]
    [InlineData("detect.pattern", "\"v1\"", "(?<version>")]
    [InlineData("install", "{}", "name packages")]
    [InlineData("compile.command", "[\"toyc\", \"{source}\"]", "there is no {source}; there are")]
    [InlineData("compile.command", "[\"toyc\", \"x{sources}\"]", "element of its own")]
    [InlineData("compile.keep", null, "is missing")]
    [InlineData("run", null, "is missing")]
    [InlineData("run.command", "[]", "at least the program")]
    [InlineData("run.command", "[\"toy\", \"{compileArgs}\"]", "belong to the compile command")]
    [InlineData("run.environment", "{ \"A\": 1 }", "values are texts")]
    [InlineData("limits", null, "is missing")]
    [InlineData("limits.memoryMb", "0", "above 0")]
    [InlineData("limits.processes", "-1", "above 0")]
    [InlineData("limits.wallTimeMs", "1.5", "above 0")]
    [InlineData("limits.cpuTimeMs", "99999999999", "above 0")]
    [InlineData("limits.outputKb", null, "is missing")]
    [InlineData("limits.stackKb", "0", "above 0")]
    [InlineData("limits.cpus", "\"all\"", "a number above 0")]
    [InlineData("run.command", "[\"toy\", \"{stackArgs}\"]", "{stackArgs} stands for its arguments")]
    [InlineData("run.stack", "{ \"arguments\": [\"-s{stackKb}\"], \"leastKb\": 1 }", "of no use without {stackArgs}")]
    [InlineData("compileLimits", null, "is missing")]
    [InlineData("warmUp", "{ \"kind\": \"maybe\" }", "\"start\" or \"fork\"")]
    [InlineData("readOnlyPaths", "[\"etc/toy\"]", "absolute")]
    [InlineData("supportFiles", "[{ \"path\": \"a\", \"from\": \"absent\" }]", "no file 'absent'")]
    [InlineData("supportFiles", "[{ \"path\": \"../a\", \"from\": \"present\" }]", "inside")]
    [InlineData("prepare", "{ \"commands\": [\"make\"] }", "list of commands")]
    [InlineData("prepare", "{ \"commands\": [] }", "list of commands")]
    [InlineData("prepare", "{}", "is missing")]
    [InlineData("image", null, "is missing")]
    [InlineData("imgae", "\"x\"", "not known here")]
    [InlineData("limits.memoryMB", "1", "not known here")]
    public void Read_AFileWithOneMistake_NamesFileMemberAndReason(string member, string? json, string reason)
    {
        JsonObject file = JsonNode.Parse(Good())!.AsObject();
        Put(file, member.Split('.'), json);

        Read(file.ToJsonString(), out List<LanguageMistake> mistakes);

        LanguageMistake mistake = Assert.Single(mistakes, mistake => mistake.ToString().Contains(reason, StringComparison.Ordinal));
        Assert.Equal("toy.json", mistake.File);
        Assert.StartsWith(member.Split('.')[0], mistake.Member, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AMainClassWithoutARuleForIt_AsksForTheRule()
    {
        Read(Good().Replace("{entry}", "{mainClass}", StringComparison.Ordinal), out List<LanguageMistake> mistakes);

        Assert.Equal("entry.classes", Assert.Single(mistakes).Member);
    }

    [Fact]
    public void Read_AFileWithManyMistakes_NamesThemAll()
    {
        JsonObject file = JsonNode.Parse(Good())!.AsObject();
        Put(file, ["id"], null);
        Put(file, ["limits", "memoryMb"], "0");
        Put(file, ["run", "command"], "[\"toy\", \"{nothing}\"]");
        Put(file, ["extra"], "1");

        Read(file.ToJsonString(), out List<LanguageMistake> mistakes);

        Assert.Equal(["id", "run.command", "limits.memoryMb", "extra"], mistakes.Select(mistake => mistake.Member));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"id\": ")]
    [InlineData("{ \"id\": \"a\", \"id\": \"b\" }")]
    public void Read_WhatIsNotALanguageFile_IsOneMistake(string json)
    {
        Assert.Null(Read(json, out List<LanguageMistake> mistakes));
        Assert.Single(mistakes);
    }

    [Fact]
    public void Load_TwoFilesThatShareNames_NamesBothFiles()
    {
        using LanguageFolder folder = new();
        folder.Write("a.json", Good());
        folder.Write("b.json", Good().Replace("\"id\": \"toy\"", "\"id\": \"other\"", StringComparison.Ordinal).Replace("\"t\"", "\"TOY\"", StringComparison.Ordinal));

        LanguageFilesException refused = Assert.Throws<LanguageFilesException>(() => LanguageFiles.Load(folder.Path));

        LanguageMistake mistake = Assert.Single(refused.Mistakes);
        Assert.EndsWith("b.json", mistake.File, StringComparison.Ordinal);
        Assert.Contains("a.json", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MistakesInSeveralFiles_AreAllInTheMessage()
    {
        using LanguageFolder folder = new();
        folder.Write("a.json", "{}");
        folder.Write("b.json", "nothing");

        LanguageFilesException refused = Assert.Throws<LanguageFilesException>(() => LanguageFiles.Load(folder.Path));

        Assert.All(refused.Mistakes, mistake => Assert.Contains(mistake.ToString(), refused.Message, StringComparison.Ordinal));
        Assert.Equal(2, refused.Mistakes.Select(mistake => mistake.File).Distinct().Count());
    }

    [Fact]
    public void Load_AFolderThatIsNotThere_AddsNothing()
    {
        using LanguageFolder folder = new();
        folder.Write("toy.json", Good());

        LanguageCatalog catalog = LanguageFiles.Load(folder.Path, Path.Combine(folder.Path, "absent"));

        Assert.Equal("toy", Assert.Single(catalog.All).Id);
    }

    [Fact]
    public void Load_NoLanguageAtAll_SaysWhichSettingToLookAt()
    {
        using LanguageFolder folder = new();

        LanguageFilesException refused = Assert.Throws<LanguageFilesException>(() => LanguageFiles.Load(folder.Path));

        Assert.Contains("Languages:Path", refused.Message, StringComparison.Ordinal);
    }

    private static Language? Read(string json, out List<LanguageMistake> mistakes)
    {
        mistakes = [];
        return new LanguageFileReader(name => name == "present" ? [1] : null).Read("toy.json", json, mistakes);
    }

    private static void Put(JsonObject file, string[] path, string? json)
    {
        JsonObject at = path[..^1].Aggregate(file, (folder, name) => folder[name]!.AsObject());
        at.Remove(path[^1]);
        if (json is not null)
        {
            at[path[^1]] = JsonNode.Parse(json);
        }
    }

    internal static string Good() => """
        {
          "id": "toy", "name": "Toy", "aliases": ["t"], "extensions": [".toy"],
          "entry": { "fileName": "main.toy" },
          "detect": { "command": ["toyc", "--version"], "pattern": "v(?<version>\\S+)" },
          "install": { "apt": ["toy"] },
          "compile": { "command": ["toyc", "{sources}"], "keep": ["a.out"] },
          "run": { "command": ["toy", "{entry}"], "environment": { "TOY": "1" } },
          "limits": { "wallTimeMs": 1, "cpuTimeMs": 2, "memoryMb": 300, "processes": 4, "outputKb": 5, "workspaceMb": 6 },
          "compileLimits": { "wallTimeMs": 1, "cpuTimeMs": 2, "memoryMb": 3, "processes": 4, "outputKb": 5, "workspaceMb": 6 },
          "image": "toy"
        }
        """;
}

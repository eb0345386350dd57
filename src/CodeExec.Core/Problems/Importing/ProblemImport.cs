using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems.Importing;

/// <summary>Makes a problem out of an archive: a Polygon package, an ICPC package, or inputs and answers alone.</summary>
public static class ProblemImport
{
    /// <param name="given">What the author says beside the archive; it counts more than what stands in it.</param>
    /// <param name="hidden">Whether tests are hidden that the archive does not call samples.</param>
    /// <param name="check">False: what is there to check the problem alone is left out.</param>
    /// <exception cref="ArchiveRefusedException">No tests were found, or what was found makes no problem.</exception>
    public static ProblemDraft Make(SafeArchive archive, ProblemDraft given, bool hidden, bool check = true)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(given);
        ProblemDraft found = archive.Find("problem.xml") is not null ? PolygonPackage.Read(archive, hidden)
            : archive.Find("problem.yaml") is not null || archive.Find("domjudge-problem.ini") is not null ? IcpcPackage.Read(archive, hidden)
            : new ProblemDraft { Suite = new SubmittedSuite { Tests = TestPairs.Find(archive, "", hidden) } };
        if (found.Suite.Tests is not { Count: > 0 })
        {
            throw new ArchiveRefusedException("The archive has no tests: pairs such as 1.in and 1.out (or .ans, .a), input1.txt and output1.txt, input/1.txt and output/1.txt.");
        }

        return given with
        {
            Title = given.Title ?? found.Title ?? given.Id,
            Statement = given.Statement ?? found.Statement,
            Languages = given.Languages ?? found.Languages,
            Limits = given.Limits ?? found.Limits,
            Authoring = given.Authoring ?? (check ? found.Authoring : Makers(found)),
            Suite = given.Suite with
            {
                Tests = found.Suite.Tests,
                Groups = given.Suite.Groups ?? found.Suite.Groups,
                Interactor = given.Suite.Interactor ?? found.Suite.Interactor,
                Checker = given.Suite.Checker ?? found.Suite.Checker,
                StopOn = given.Suite.StopOn ?? found.Suite.StopOn,
                InputFile = given.Suite.InputFile ?? found.Suite.InputFile,
                OutputFile = given.Suite.OutputFile ?? found.Suite.OutputFile,
            },
        };
    }

    /// <summary>What has to run for the tests to be whole.</summary>
    private static SubmittedAuthoring? Makers(ProblemDraft found)
    {
        bool whole = found.Suite.Tests!.All(test => test.Generate is null && (test.Expected is not null || found.Suite.Interactor is not null));
        return whole || found.Authoring is not { } all ? null : new SubmittedAuthoring { Generators = all.Generators, Solutions = [.. all.Solutions?.Where(one => one.Main) ?? []] };
    }
}

using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Grading.Submitting;

/// <summary>Inputs, expected outputs and files of tests: decoded and bounded, each and all together.</summary>
internal sealed class TestDataRules(GradingOptions options, Mistakes mistakes)
{
    private long _total;

    /// <returns>Null if there is none, or it is wrong.</returns>
    public TestData? Check(SubmittedData? data, string field)
    {
        if (data is null)
        {
            return null;
        }

        byte[]? bytes = data.Bytes ?? ContentRules.Decode(data.Text ?? "", data.Encoding, field, field + ".encoding", mistakes);
        if (bytes is null)
        {
            return null;
        }

        _total += bytes.Length;
        if (bytes.Length > options.TestBytes)
        {
            mistakes.Add(field, $"May have {options.TestBytes} bytes at most; this has {bytes.Length}.");
        }

        return TestData.Of(bytes);
    }

    public IReadOnlyList<TestFile> CheckFiles(IReadOnlyList<SubmittedFile> files, string field, SubmissionCeilings ceilings)
    {
        if (files.Count > ceilings.Files)
        {
            mistakes.Add(field, $"There may be {ceilings.Files} files at most; these are {files.Count}.");
            return [];
        }

        List<TestFile> checkedFiles = [];
        for (int i = 0; i < files.Count; i++)
        {
            string at = $"{field}[{i}]";
            if (FilePaths.FindMistake(files[i].Path) is { } mistake)
            {
                mistakes.Add(at + ".path", mistake);
            }
            else if (files[i].Content is null)
            {
                mistakes.Add(at + ".content", "Send its content; an empty text for an empty file.");
            }
            else if (Check(new SubmittedData(files[i].Content, files[i].Encoding), at + ".content") is { } content)
            {
                checkedFiles.Add(new TestFile(files[i].Path!, content));
            }
        }

        if (checkedFiles.DistinctBy(file => file.Path, StringComparer.Ordinal).Count() < checkedFiles.Count)
        {
            mistakes.Add(field, "Two of the files have one path.");
        }

        return checkedFiles;
    }

    public void CheckTotal()
    {
        if (_total > options.SuiteBytes)
        {
            mistakes.Add("tests", $"All data of all tests may have {options.SuiteBytes} bytes at most; these have {_total}.");
        }
    }
}

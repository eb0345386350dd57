using System.Text;

namespace CodeExec.Api.Judge0;

/// <summary>Parts a line into words as a shell would, and nothing else that a shell does: quotes and backslashes only.</summary>
internal static class CommandWords
{
    public static IReadOnlyList<string> Of(string line)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Add(words, ref word);
            }
            else if (quote == '\0' ? c is '"' or '\'' : c == quote)
            {
                quote = quote == '\0' ? c : '\0';
                word ??= new StringBuilder();
            }
            else if (c == '\\' && quote != '\'' && i + 1 < line.Length)
            {
                (word ??= new StringBuilder()).Append(line[++i]);
            }
            else
            {
                (word ??= new StringBuilder()).Append(c);
            }
        }

        Add(words, ref word);
        return words;
    }

    private static void Add(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
        {
            words.Add(word.ToString());
            word = null;
        }
    }
}

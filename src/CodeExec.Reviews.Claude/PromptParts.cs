using System.Text;
using CodeExec.Core.SourceCode;
using CodeExec.Core.Specifications;

namespace CodeExec.Reviews.Claude;

/// <summary>What all prompts have.</summary>
internal static class PromptParts
{
    public static void AppendRequirements(StringBuilder prompt, IReadOnlyList<Requirement> requirements, IReadOnlyList<AcceptanceCriterion> criteria)
    {
        prompt.Append("<requirements>\n");
        foreach (Requirement requirement in requirements)
        {
            prompt.Append(requirement.Id).Append(" (").Append(requirement.Priority).Append("): ").Append(requirement.Text).Append('\n');
        }

        foreach (AcceptanceCriterion criterion in criteria)
        {
            prompt.Append(criterion.Id).Append(" of ").Append(criterion.RequirementId ?? "all").Append(": ").Append(criterion.Text).Append('\n');
        }

        prompt.Append("</requirements>\n");
    }

    /// <param name="most">Characters of all files together.</param>
    public static void AppendCode(StringBuilder prompt, IReadOnlyList<SourceFile> files, int most)
    {
        int left = most;
        foreach (SourceFile file in files)
        {
            string text = file.Text.Length <= left ? file.Text : file.Text[..left];
            left -= text.Length;
            prompt.Append("<code path=\"").Append(file.Path).Append("\">\n").Append(text).Append(text.Length < file.Text.Length ? "\n(cut here)" : "").Append("\n</code>\n");
        }
    }
}

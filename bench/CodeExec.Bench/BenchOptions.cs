namespace CodeExec.Bench;

/// <param name="Only">Names of scenarios; all unless given.</param>
/// <param name="Quick">A few rounds of everything: shows that it works, measures nothing.</param>
/// <param name="Server">A running server to measure in place of one of our own.</param>
/// <param name="Submissions">How many Python submissions are graded, and of C++ a fifth of it.</param>
/// <param name="Minutes">How long the soak lasts.</param>
internal sealed record BenchOptions(IReadOnlyList<string> Only, bool Quick, string? JsonFile, Uri? Server, string? Key, int Minutes = 8, int Submissions = 1000);

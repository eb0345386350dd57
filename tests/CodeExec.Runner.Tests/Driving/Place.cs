namespace CodeExec.Runner.Tests.Driving;

/// <summary>Where the runner under test runs.</summary>
public enum Place
{
    /// <summary>As a process among others, with the test's rights.</summary>
    Plain,

    /// <summary>As the first process of a bubblewrap jail, without capabilities.</summary>
    Jail,
}

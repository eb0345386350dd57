namespace CodeExec.Server.Intake;

public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Where programs on this machine put batches: "intake" in the data folder unless set. Whoever may write there may have anything graded.</summary>
    public string? Folder { get; set; }
}

using System.ComponentModel.DataAnnotations;

namespace CodeExec.Core.Queues;

/// <summary>How queues treat what fails again and again.</summary>
public sealed class QueueOptions
{
    public const string Section = "Queues";

    /// <summary>How often a message is given out before it goes to the poison queue: 1 to 100, 5 unless set.</summary>
    [Range(1, 100)]
    public int MaxTries { get; set; } = 5;
}

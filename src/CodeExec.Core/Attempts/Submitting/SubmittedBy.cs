namespace CodeExec.Core.Attempts.Submitting;

/// <summary>From whom a submission comes, where that makes a difference for attempts.</summary>
public enum SubmittedBy
{
    /// <summary>It is a part of something larger: a batch, or a validation.</summary>
    Us,

    /// <summary>Somebody who writes problems: an attempt only if it is named whose.</summary>
    Author,

    /// <summary>A student, or somebody for students.</summary>
    Participant,
}

namespace CodeExec.Api.Live;

internal interface ILiveEvent
{
    /// <summary>As clients listen for it.</summary>
    string Name { get; }
}

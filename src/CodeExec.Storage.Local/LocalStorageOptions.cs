using System.ComponentModel.DataAnnotations;

namespace CodeExec.Storage.Local;

/// <summary>Where this host keeps what it remembers.</summary>
public sealed class LocalStorageOptions
{
    public const string Section = "Data";

    /// <summary>The data folder, made when it is missing: <c>data</c> in the working folder unless set.</summary>
    [Required(ErrorMessage = "Data:Path must name a folder. Leave it out for 'data' in the working folder.")]
    public string Path { get; set; } = "data";
}

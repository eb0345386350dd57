using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Problems.Checks;

public sealed class CheckOptions
{
    public const string Section = "Checks";

    /// <summary>How many problems of a tenant may be checked at once, those that wait for their turn counted: 1 to 1,000, 20 unless set. Another one is refused until one of them has ended.</summary>
    [Range(1, 1000)]
    public int MostOfATenant { get; set; } = 20;
}

[OptionsValidator]
public sealed partial class CheckOptionsValidator : IValidateOptions<CheckOptions>;

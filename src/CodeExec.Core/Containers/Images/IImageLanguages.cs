namespace CodeExec.Core.Containers.Images;

/// <summary>What must be known of a language to make containers of its image. The composition root answers from the language catalog.</summary>
public interface IImageLanguages
{
    /// <summary>The environment its programs start with.</summary>
    IReadOnlyList<KeyValuePair<string, string>> EnvironmentFor(string language);

    /// <summary>The limits that most of its jobs have: containers are made with them, and then need no change. Null for an unknown language.</summary>
    ContainerLimits? UsualLimitsFor(string language);
}

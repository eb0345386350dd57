using System.Text.Json.Serialization;

namespace CodeExec.Containers.Docker.Engine;

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EngineError))]
[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(ImageInfo))]
[JsonSerializable(typeof(PullProgress))]
[JsonSerializable(typeof(NewContainer))]
[JsonSerializable(typeof(CreatedContainer))]
[JsonSerializable(typeof(ContainerInfo))]
[JsonSerializable(typeof(ContainerExit))]
[JsonSerializable(typeof(ContainerUpdate))]
[JsonSerializable(typeof(IReadOnlyList<ListedContainer>))]
internal sealed partial class DockerJson : JsonSerializerContext;

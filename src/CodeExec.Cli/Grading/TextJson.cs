using System.Text.Json.Serialization;

namespace CodeExec.Cli.Grading;

[JsonSerializable(typeof(string))]
internal sealed partial class TextJson : JsonSerializerContext;

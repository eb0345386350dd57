using System.Text.Json;

namespace CodeExec.Bench.Report;

/// <summary>All figures of a run in one file, to be compared with another run's.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static void Write(string file, string machine, DateTimeOffset time, IEnumerable<Figure> figures)
    {
        using FileStream stream = File.Create(file);
        using Utf8JsonWriter json = new(stream, Indented);
        json.WriteStartObject();
        json.WriteString("time", time);
        json.WriteString("machine", machine);
        json.WriteStartObject("figures");
        foreach (Figure figure in figures.Where(f => double.IsFinite(f.Value)))
        {
            json.WriteStartObject(figure.Name);
            json.WriteNumber("value", Math.Round(figure.Value, 4));
            json.WriteString("unit", figure.Unit);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

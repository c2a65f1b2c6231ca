using System.Text.Json.Serialization;

namespace InferServe.Worker.Inspection;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FolderReport))]
internal sealed partial class InspectionJsonContext : JsonSerializerContext;

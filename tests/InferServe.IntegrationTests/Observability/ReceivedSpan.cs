using System.Globalization;

namespace InferServe.IntegrationTests.Observability;

/// <summary>A span as it came over the wire. Source of the field numbers: opentelemetry-proto, <c>trace/v1/trace.proto</c>.</summary>
internal sealed record ReceivedSpan
{
    public required string Service { get; init; }
    public required string TraceId { get; init; }
    public required string SpanId { get; init; }
    public required string ParentId { get; init; }
    public required string Name { get; init; }
    public required int Kind { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    public required ulong Start { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    public required ulong End { get; init; }

    /// <summary>Values as text; the elements of an array with commas between.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Reads an <c>ExportTraceServiceRequest</c>.</summary>
    public static IEnumerable<ReceivedSpan> ReadAll(byte[] request) =>
        from resourceSpans in ProtobufField.Read(request)
        where resourceSpans.Number == 1
        let parts = ProtobufField.Read(resourceSpans.Bytes)
        let resource = parts.First(part => part.Number == 1)
        let service = Pairs(ProtobufField.Read(resource.Bytes), 1)["service.name"]
        from scopeSpans in parts
        where scopeSpans.Number == 2
        from span in ProtobufField.Read(scopeSpans.Bytes)
        where span.Number == 2
        select Read(service, ProtobufField.Read(span.Bytes));

    private static ReceivedSpan Read(string service, IReadOnlyList<ProtobufField> fields)
    {
        ProtobufField Field(int number) => fields.FirstOrDefault(field => field.Number == number);
        return new ReceivedSpan
        {
            Service = service,
            TraceId = Field(1).Hex,
            SpanId = Field(2).Hex,
            ParentId = Field(4).Hex,
            Name = Field(5).Text,
            Kind = (int)Field(6).Value,
            Start = Field(7).Value,
            End = Field(8).Value,
            Attributes = Pairs(fields, 9),
        };
    }

    private static Dictionary<string, string> Pairs(IReadOnlyList<ProtobufField> fields, int number) => fields
        .Where(field => field.Number == number)
        .Select(field => ProtobufField.Read(field.Bytes))
        .ToDictionary(pair => pair.First(part => part.Number == 1).Text, pair => Value(pair.First(part => part.Number == 2)));

    private static string Value(ProtobufField any)
    {
        var value = ProtobufField.Read(any.Bytes) is [var first, ..] ? first : default;
        return value.Number switch
        {
            1 => value.Text,
            2 => value.Value == 0 ? "false" : "true",
            3 => ((long)value.Value).ToString(CultureInfo.InvariantCulture),
            4 => BitConverter.UInt64BitsToDouble(value.Value).ToString(CultureInfo.InvariantCulture),
            5 => string.Join(',', ProtobufField.Read(value.Bytes).Select(Value)),
            _ => "",
        };
    }
}

using System.Diagnostics;

namespace InferServe.Contracts.Workers;

/// <summary>The trace that a request belongs to, as W3C's headers <c>traceparent</c> and <c>tracestate</c> carry it.</summary>
public static class TraceParent
{
    public const string Header = "traceparent";
    public const string StateHeader = "tracestate";

    /// <summary>The sender's span; the default, which makes a span the first of a trace, when there is none or the header is wrong.</summary>
    public static ActivityContext Parse(string? traceParent, string? traceState) =>
        ActivityContext.TryParse(traceParent, string.IsNullOrEmpty(traceState) ? null : traceState, isRemote: true, out var context) ? context : default;
}

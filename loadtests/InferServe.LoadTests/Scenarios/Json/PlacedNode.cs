using System.Text.Json;

namespace InferServe.LoadTests.Scenarios.Json;

/// <summary>A JSON value that knows where it stands in its file.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Path">Its way from the root, such as <c>load.arrivals.rate</c>; empty for the root.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in bytes.</param>
/// <param name="Text">The text of a string, or a number as it is written.</param>
internal sealed record PlacedNode(JsonValueKind Kind, string Path, int Line, int Column, string Text)
{
    /// <summary>The members of an object in order; names may occur twice.</summary>
    public List<(string Name, PlacedNode Value)> Members { get; } = [];

    /// <summary>The items of an array.</summary>
    public List<PlacedNode> Items { get; } = [];

    public PlacedNode? Find(string name)
    {
        foreach ((string member, PlacedNode value) in Members)
        {
            if (member == name)
            {
                return value;
            }
        }

        return null;
    }
}

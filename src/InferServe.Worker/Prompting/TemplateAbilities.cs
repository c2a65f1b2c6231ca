namespace InferServe.Worker.Prompting;

/// <summary>In which of several usual forms a chat template takes what a chat holds.</summary>
internal sealed record TemplateAbilities
{
    /// <summary>What most templates take.</summary>
    public static TemplateAbilities Usual { get; } = new();

    /// <summary>Whether content must be a list of parts; else it is a string.</summary>
    public bool ContentAsParts { get; init; }

    /// <summary>Whether the arguments of a call must be JSON text; else they are an object.</summary>
    public bool ArgumentsAsText { get; init; }

    /// <summary>Whether a message that only calls has no content; else its content is an empty string.</summary>
    public bool NoContentBesideCalls { get; init; }

    /// <summary>Whether the ids of calls must be nine letters and digits.</summary>
    public bool NineCharacterIds { get; init; }

    /// <summary>Whether tools must be a text in the system's message; else they are a variable.</summary>
    public bool ToolsInSystemMessage { get; init; }

    /// <summary>Whether the template shows tools at all.</summary>
    public bool ShowsTools { get; init; } = true;
}

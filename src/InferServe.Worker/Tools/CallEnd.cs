namespace InferServe.Worker.Tools;

/// <summary>Finds where a call ends in a text that begins with the call and grows. Looks at each character once. Not thread-safe.</summary>
internal abstract class CallEnd
{
    /// <summary>The text does not show the end yet.</summary>
    public const int Unknown = 0;

    /// <summary>What the text begins with is no call after all.</summary>
    public const int None = -1;

    /// <returns>The length of the call, <see cref="Unknown"/> or <see cref="None"/>.</returns>
    /// <param name="text">The text from the call's begin; what was given before and more.</param>
    public abstract int Find(ReadOnlySpan<char> text);
}

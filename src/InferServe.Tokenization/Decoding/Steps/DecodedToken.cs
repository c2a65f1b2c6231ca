namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>A token on its way through a decoder.</summary>
/// <param name="Text">Its text; null when it stands for bytes.</param>
/// <param name="Bytes">The bytes that it stands for, maybe part of a character; null when it is text.</param>
internal readonly record struct DecodedToken(string? Text, byte[]? Bytes)
{
    public static DecodedToken Of(string text) => new(text, null);

    public static DecodedToken Of(byte[] bytes) => new(null, bytes);
}

namespace InferServe.Gateway.Tenants;

/// <summary>
/// <c>InferServe.Gateway keys create &lt;name&gt;</c> prints a new key, once, and the entry for the keys file.
/// <c>InferServe.Gateway keys hash</c> reads a key from the standard input and prints its digest; a key on the command line would stay in
/// the shell's history and in the list of processes.
/// </summary>
internal static class KeysCommand
{
    private const string Usage = "usage: InferServe.Gateway keys create <name>   or   InferServe.Gateway keys hash < file";

    /// <returns>The exit code: 0, or 1 after a mistake.</returns>
    public static int Run(string[] arguments, TextReader input, TextWriter output, TextWriter errors)
    {
        switch (arguments)
        {
            case ["create", var name]:
                return Create(name, output, errors);
            case ["hash"]:
                return Hash(input.ReadLine() ?? "", output, errors);
            default:
                errors.WriteLine(Usage);
                return 1;
        }
    }

    private static int Create(string name, TextWriter output, TextWriter errors)
    {
        var key = ApiKeyText.Create();
        var entry = $$"""{ "name": "{{name}}", "hash": "{{ApiKeyText.Format(ApiKeyText.Digest(key))}}" }""";
        try
        {
            KeysFileParser.Parse("name", System.Text.Encoding.UTF8.GetBytes($$"""{ "keys": [ {{entry}} ] }"""));
        }
        catch (KeysFileException exception)
        {
            errors.WriteLine(exception.Problems[0].Message);
            return 1;
        }

        output.WriteLine($"key, shown this once:     {key}");
        output.WriteLine($"entry for {KeysReader.FileName}:      {entry}");
        return 0;
    }

    private static int Hash(string key, TextWriter output, TextWriter errors)
    {
        if (key.Length is < ApiKeyText.MinKeyLength or > ApiKeyText.MaxKeyLength)
        {
            errors.WriteLine($"A key has {ApiKeyText.MinKeyLength} to {ApiKeyText.MaxKeyLength} characters; this one has {key.Length}.");
            return 1;
        }

        output.WriteLine(ApiKeyText.Format(ApiKeyText.Digest(key)));
        return 0;
    }
}

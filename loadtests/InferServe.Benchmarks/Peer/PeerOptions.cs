using System.Globalization;

namespace InferServe.Benchmarks.Peer;

/// <summary>What to measure beside llama.cpp.</summary>
internal sealed record PeerOptions
{
    public const string Usage =
        "usage: InferServe.Benchmarks peer --model <folder> --gguf <file> --script <llama-cpp.mjs> [--rounds 3] [--threads <n>]";

    /// <summary>The model folder of the engine.</summary>
    public required string Model { get; init; }

    /// <summary>The same shape as a GGUF file.</summary>
    public required string Gguf { get; init; }

    /// <summary>The peer's script.</summary>
    public required string Script { get; init; }

    /// <summary>How often each measurement is taken, both sides by turns.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Threads of a run, on both sides.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentException">An argument is unknown, missing or not a positive number.</exception>
    public static PeerOptions Parse(string[] arguments)
    {
        string? model = null, gguf = null, script = null;
        int? rounds = null, threads = null;
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            string value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--model": model = value; break;
                case "--gguf": gguf = value; break;
                case "--script": script = value; break;
                case "--rounds": rounds = Number(value); break;
                case "--threads": threads = Number(value); break;
                default: throw new ArgumentException($"\"{arguments[i]}\" is unknown; {Usage}");
            }
        }

        if (model is null || gguf is null || script is null || arguments.Length % 2 != 0)
        {
            throw new ArgumentException(Usage);
        }

        return new PeerOptions { Model = model, Gguf = gguf, Script = script, Rounds = rounds ?? 3, Threads = threads ?? Environment.ProcessorCount };
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"\"{text}\" must be a positive whole number; {Usage}");
}

using System.Text.Json.Nodes;

namespace InferServe.IntegrationTests.OnnxRuntime;

/// <summary>A copy of a fixture with a tokenizer, so that a worker can serve it: token 4 is "a", 5 is "b", and so on.</summary>
internal sealed class ServableFolder : IDisposable
{
    private const int FirstLetter = 4;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR";

    public ServableFolder(TinyModel model)
    {
        Path = Directory.CreateTempSubdirectory("inferserve-").FullName;
        foreach (string file in Directory.GetFiles(model.Folder))
        {
            File.Copy(file, PathOf(System.IO.Path.GetFileName(file)));
        }

        var vocabulary = new JsonObject { ["<pad>"] = 0, ["<s>"] = 1, ["</s>"] = 2, ["<end>"] = 3 };
        for (int i = 0; i < Letters.Length; i++)
        {
            vocabulary[Letters[i].ToString()] = FirstLetter + i;
        }

        var tokenizer = new JsonObject
        {
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray() },
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = false },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["added_tokens"] = new JsonArray(),
        };
        File.WriteAllText(PathOf("tokenizer.json"), tokenizer.ToJsonString());
    }

    public string Path { get; }

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using System.Text;
using InferServe.Gateway.Registry;

namespace InferServe.UnitTests.Gateway.Registry;

public sealed class ModelsFileParserTests
{
    [Fact]
    public void Parse_EveryProperty_KeepsWhatIsWritten()
    {
        var config = Parse("""
            {
              "$schema": "./models.schema.json", // an editor's business
              "models": [
                { "name": "a/b:1", "path": "m", "file": "onnx/q4.onnx", "adapters": [{ "name": "f", "path": "t.jinja" }], "aliases": ["x", "y"], "replicas": 2, "threads": 3, "maxSequences": 4, "queueLimit": 0, "contextLength": 512, "runtime": "genai", },
                /* another */ { "path": "n", "name": "c" },
              ],
            }
            """);

        var model = config.Models[0];
        Assert.Equal(("a/b:1", "m", 2, 3), (model.Name, model.Path, model.Replicas, model.Threads));
        Assert.Equal("onnx/q4.onnx", model.File);
        Assert.Equal([new AdapterConfig("f", "t.jinja")], model.Adapters.ToArray());
        Assert.Equal((4, 0, 512), (model.MaxSequences, model.QueueLimit, model.ContextLength));
        Assert.Equal("genai", model.Runtime);
        Assert.Equal(["x", "y"], model.Aliases.ToArray());
        Assert.Equal(("c", "n", null), (config.Models[1].Name, config.Models[1].Path, config.Models[1].Replicas));
    }

    [Fact]
    public void Parse_PromptAndAnswerFormats_AreKept()
    {
        var model = Parse("""
            {"models":[{"name":"a","path":"m","chatTemplate":"t.jinja","toolFormat":"llama3","reasoningFormat":"none",
                        "chatTemplateKwargs":{"enable_thinking":false,"n":[1,2.5,null,"x"]}}]}
            """).Models[0];

        Assert.Equal(("t.jinja", "llama3", "none"), (model.ChatTemplate, model.ToolFormat, model.ReasoningFormat));
        Assert.Equal("""{"enable_thinking":false,"n":[1,2.5,null,"x"]}""", model.ChatTemplateKwargs);
    }

    [Fact]
    public void Parse_LoadSamplingAndLimits_BecomeSettings()
    {
        var config = Parse("""
            { "memoryBytes": 4000000, "models": [
              { "name": "a", "path": "m", "load": "onDemand", "idleUnloadSeconds": 60, "memoryBytes": 2000000, "memoryLimitBytes": 3000000, "replicas": 2,
                "sampling": { "temperature": 0.2, "topK": -1 }, "limits": { "messages": 10, "bodyBytes": 2048 } },
              { "name": "b", "workers": ["http://one:8001", "https://[::1]:8002/"] } ] }
            """);

        var (local, remote) = (config.Models[0], config.Models[1]);
        Assert.Equal(4_000_000, config.MemoryBytes);
        Assert.Equal((LoadPolicy.OnDemand, 60, 2_000_000L, 3_000_000L), (local.Load, local.IdleUnloadSeconds, local.MemoryBytes, local.MemoryLimitBytes));
        Assert.Equal(
            [new("Defaults:Temperature", "0.2"), new("Defaults:TopK", "-1"), new("Limits:BodyBytes", "2048"), new("Limits:Messages", "10")],
            local.WorkerSettings.ToArray());
        Assert.Equal(["http://one:8001/", "https://[::1]:8002/"], remote.Workers.Select(url => url.ToString()));
    }

    [Fact]
    public void Parse_ByteOrderMark_IsAccepted()
        => Assert.Equal("a", Parse("\uFEFF{\"models\":[{\"name\":\"a\",\"path\":\"m\"}]}").Models[0].Name);

    [Theory]
    [InlineData("""{"models":[{"name":"a","path":"m","replica":2}]}""", "$.models[0]", 1, 35, "unknown property \"replica\"; did you mean \"replicas\"?")]
    [InlineData("""{"models":[{"name":"a","path":"m","zzz":2}]}""", "$.models[0]", 1, 35, "unknown property \"zzz\"; known are name, workers")]
    [InlineData("""{"model":[]}""", "$", 1, 2, "did you mean \"models\"?")]
    [InlineData("""{"models":[{"name":"a","path":"m","path":"m"}]}""", "$.models[0]", 1, 35, "\"path\" is given twice")]
    [InlineData("""{"models":[{"path":"m"}]}""", "$.models[0]", 1, 12, "\"name\" is missing")]
    [InlineData("""{"models":[{"name":"a"}]}""", "$.models[0]", 1, 12, "\"path\" is missing")]
    [InlineData("""{}""", "$", 1, 1, "\"models\" is missing")]
    [InlineData("""[]""", "$", 1, 1, "must be an object with \"models\", is an array")]
    [InlineData("""{"models":{}}""", "$.models", 1, 11, "must be an array, is an object")]
    [InlineData("""{"models":[]}""", "$.models", 1, 11, "must have 1 to 256 elements, has 0")]
    [InlineData("""{"models":["a"]}""", "$.models[0]", 1, 12, "must be an object that describes a model, is a string")]
    [InlineData("""{"models":[{"name":1,"path":"m"}]}""", "$.models[0].name", 1, 20, "must be a string, is a number")]
    [InlineData("""{"models":[{"name":"","path":"m"}]}""", "$.models[0].name", 1, 20, "must have 1 to 128 characters")]
    [InlineData("""{"models":[{"name":"a b","path":"m"}]}""", "$.models[0].name", 1, 20, "is \"a b\"")]
    [InlineData("""{"models":[{"name":"-a","path":"m"}]}""", "$.models[0].name", 1, 20, "starts with a letter or digit")]
    [InlineData("""{"models":[{"name":"a","path":null}]}""", "$.models[0].path", 1, 31, "must be a string, is null")]
    [InlineData("""{"models":[{"name":"a","path":"gone"}]}""", "$.models[0].path", 1, 31, "the model folder \"gone\" does not exist")]
    [InlineData("""{"models":[{"name":"a","path":"m","file":"../m.onnx"}]}""", "$.models[0].file", 1, 42, "must be a path within the model folder, is \"../m.onnx\"")]
    [InlineData("""{"models":[{"name":"a","path":"m","adapters":["x"]}]}""", "$.models[0].adapters[0]", 1, 47, "must be an object that describes an adapter, is a string")]
    [InlineData("""{"models":[{"name":"a","path":"m","adapters":[{"name":"x"}]}]}""", "$.models[0].adapters[0]", 1, 47, "\"path\" is missing")]
    [InlineData("""{"models":[{"name":"a","path":"m","adapters":[{"name":"x","path":"y"}]}]}""", "$.models[0].adapters[0].path", 1, 66, "the adapter file \"y\" does not exist")]
    [InlineData("""{"models":[{"name":"a","path":"m","adapters":[{"name":"A","path":"t.jinja"}]}]}""", "$.models[0].adapters[0].name", 1, 55, "already taken by $.models[0].name in line 1")]
    [InlineData("""{"models":[{"name":"a","path":"m","aliases":"x"}]}""", "$.models[0].aliases", 1, 45, "must be an array, is a string")]
    [InlineData("""{"models":[{"name":"a","path":"m","aliases":[true]}]}""", "$.models[0].aliases[0]", 1, 46, "must be a string, is true")]
    [InlineData("""{"models":[{"name":"a","path":"m","aliases":["A"]}]}""", "$.models[0].aliases[0]", 1, 46, "already taken by $.models[0].name in line 1")]
    [InlineData("""{"models":[{"name":"a","path":"m","replicas":0}]}""", "$.models[0].replicas", 1, 46, "must be a whole number from 1 to 64, is 0")]
    [InlineData("""{"models":[{"name":"a","path":"m","replicas":1.5}]}""", "$.models[0].replicas", 1, 46, "is 1.5")]
    [InlineData("""{"models":[{"name":"a","path":"m","replicas":"2"}]}""", "$.models[0].replicas", 1, 46, "must be a whole number, is a string")]
    [InlineData("""{"models":[{"name":"a","path":"m","threads":99999999999}]}""", "$.models[0].threads", 1, 45, "is 99999999999")]
    [InlineData("""{"models":[{"name":"a","path":"m","providerOptions":{"a":1}}]}""", "$.models[0].providerOptions.a", 1, 58, "must be a string, is a number")]
    [InlineData("""{"models":[{"name":"a","path":"m","executionProviderLibraries":[{"name":"x"}]}]}""", "$.models[0].executionProviderLibraries[0]", 1, 65, "\"path\" is missing")]
    [InlineData("""{"models":[{"name":"a","path":"m","kvMemoryMiB":0}]}""", "$.models[0].kvMemoryMiB", 1, 49, "from 1 to 1073741824")]
    [InlineData("""{"models":[{"name":"a","path":"m","runtime":"onnxx"}]}""", "$.models[0].runtime", 1, 45, "must be one of onnx, genai, is \"onnxx\"")]
    [InlineData("""{"models":[{"name":"a","path":"m","contextLength":15}]}""", "$.models[0].contextLength", 1, 51, "from 16 to 1048576")]
    [InlineData("""{"models":[{"name":"a","path":"m","chatTemplate":"u.jinja"}]}""", "$.models[0].chatTemplate", 1, 50, "the chat template \"u.jinja\" does not exist")]
    [InlineData("""{"models":[{"name":"a","path":"m","chatTemplateKwargs":[]}]}""", "$.models[0].chatTemplateKwargs", 1, 56, "must be an object, is an array")]
    [InlineData("""{"models":[{"name":"a","path":"m","toolFormat":"Hermes"}]}""", "$.models[0].toolFormat", 1, 48, "must be one of command-r, deepseek,")]
    [InlineData("""{"models":[{"name":"a","path":"m","reasoningFormat":"x"}]}""", "$.models[0].reasoningFormat", 1, 53, "must be one of command-r, gemma-4,")]
    [InlineData("""{"models":[{"name":"a","path":"m","load":"lazy"}]}""", "$.models[0].load", 1, 42, "must be \"eager\" or \"onDemand\", is \"lazy\"")]
    [InlineData("""{"models":[{"name":"a","path":"m","idleUnloadSeconds":9}]}""", "$.models[0].idleUnloadSeconds", 1, 55, "only models with \"load\": \"onDemand\" are unloaded")]
    [InlineData("""{"memoryBytes":2000000,"models":[{"name":"a","path":"m","memoryBytes":3000000}]}""", "$.models[0].memoryBytes", 1, 71, "do not fit in the file's \"memoryBytes\", 2000000")]
    [InlineData("""{"models":[{"name":"a","path":"m","sampling":{"topP":0}}]}""", "$.models[0].sampling.topP", 1, 54, "must be a number above 0 to 1, is 0")]
    [InlineData("""{"models":[{"name":"a","path":"m","sampling":{"temp":0}}]}""", "$.models[0].sampling", 1, 47, "unknown property \"temp\"")]
    [InlineData("""{"models":[{"name":"a","path":"m","limits":{"messages":0}}]}""", "$.models[0].limits.messages", 1, 56, "from 1 to 1000000, is 0")]
    [InlineData("""{"models":[{"name":"a","path":"m","workers":["http://h"]}]}""", "$.models[0]", 1, 24, "\"path\" has no meaning beside \"workers\"")]
    [InlineData("""{"models":[{"name":"a","workers":["ftp://h"]}]}""", "$.models[0].workers[0]", 1, 35, "must be an address such as")]
    [InlineData("""{"models":[{"name":"a","workers":["http://h/v1"]}]}""", "$.models[0].workers[0]", 1, 35, "without path")]
    [InlineData("""{"models":[{"name":"a","workers":["http://h","https://H/"]}]}""", "$.models[0].workers[1]", 1, 46, "the worker \"h\" is already given by $.models[0].workers[0] in line 1")]
    [InlineData("""{"models":[{"name":"a","workers":["http://h:1","http://h:1"]}]}""", "$.models[0].workers[1]", 1, 48, "each may stand once, with http or https, is \"http://h:1\"")]
    [InlineData("""{"models":[{"name":"a","workers":[]}]}""", "$.models[0].workers", 1, 34, "must have 1 to 64 elements, has 0")]
    [InlineData("""{"$schema":7,"models":[{"name":"a","path":"m"}]}""", "$.$schema", 1, 12, "must be a string, is a number")]
    public void Parse_OneMistake_IsReportedWithItsPlace(string text, string path, int line, int column, string message)
    {
        var problems = Assert.Throws<ModelsFileException>(() => Parse(text)).Problems;

        Assert.Contains(problems, problem => (problem.Path, problem.Line, problem.Column) == (path, line, column)
            && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{", 1, 2)]
    [InlineData("{\n  \"models\": [\n    oops ]}", 3, 5)]
    [InlineData("{\"models\":[]} more", 1, 15)]
    [InlineData("{\"models\":\"\\ud800\"}", 1, 11)]
    public void Parse_NotJson_SaysWhere(string text, int line, int column)
    {
        var problem = Assert.Single(Assert.Throws<ModelsFileException>(() => Parse(text)).Problems);

        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.DoesNotContain("LineNumber", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralMistakes_AreReportedTogetherInTheOrderOfTheFile()
    {
        var exception = Assert.Throws<ModelsFileException>(() => Parse("""
            {
              "models": [
                { "name": "a", "path": "gone", "replicas": 0 },
                { "name": "A", "pth": "m" }
              ]
            }
            """));

        Assert.Equal(
            [
                "models.json:3:28: $.models[0].path: the model folder \"gone\" does not exist; relative paths start at the folder of this file",
                "models.json:3:48: $.models[0].replicas: must be a whole number from 1 to 64, is 0",
                "models.json:4:5: $.models[1]: \"path\" is missing",
                "models.json:4:15: $.models[1].name: the name \"A\" is already taken by $.models[0].name in line 3",
                "models.json:4:20: $.models[1]: unknown property \"pth\"; did you mean \"path\"?",
            ],
            exception.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void Parse_ColumnBehindWideCharacters_CountsCharacters()
    {
        var problem = Assert.Single(Assert.Throws<ModelsFileException>(
            () => Parse("""{"models":[{"name":"a",/* ü€ */"path":"gone"}]}""")).Problems);

        Assert.Equal(39, problem.Column);
    }

    [Fact]
    public void Parse_MutatedFile_ThrowsNothingButItsOwnException()
    {
        var valid = Encoding.UTF8.GetBytes("""{"$schema":"s","models":[{"name":"a","path":"m","aliases":["b"],"replicas":1,"queueLimit":2},/*ü*/]}""");
        var random = new Random(20);
        var rejected = 0;
        for (var round = 0; round < 5_000; round++)
        {
            var mutated = valid.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(mutated.Count);
                switch (random.Next(4))
                {
                    case 0: mutated[at] = (byte)random.Next(256); break;
                    case 1: mutated.RemoveAt(at); break;
                    case 2: mutated.Insert(at, (byte)"{}[]\",:\\/*0e-"[random.Next(13)]); break;
                    default: mutated.InsertRange(at, mutated.GetRange(at, random.Next(mutated.Count - at))); break;
                }
            }

            try
            {
                ModelsFileParser.Parse("models.json", mutated.ToArray(), path => path == "m", path => path == "t.jinja");
            }
            catch (ModelsFileException exception)
            {
                rejected++;
                Assert.NotEmpty(exception.Problems);
            }
        }

        Assert.InRange(rejected, 1_000, 5_000);
    }

    private static ModelsFileConfig Parse(string text)
        => ModelsFileParser.Parse("models.json", Encoding.UTF8.GetBytes(text), path => path is "m" or "n", path => path == "t.jinja");
}

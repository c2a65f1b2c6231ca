using InferServe.Tokenization;
using InferServe.Tokenization.ChatTemplates;

namespace InferServe.UnitTests.Tokenization.ChatTemplates;

public sealed class ChatTemplateSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-template-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_EmptyFolder_HasNoTemplate()
    {
        ChatTemplateSource source = ChatTemplateSource.Load(_folder);
        Assert.Empty(source.Templates);
        Assert.Null(source.Select(hasTools: false));
        Assert.Null(source.BosToken);
    }

    [Fact]
    public void Load_JinjaFile_ComesBeforeTheConfiguration()
    {
        Write("chat_template.jinja", "file");
        Write("tokenizer_config.json", """{"chat_template": "config", "bos_token": "<s>", "eos_token": {"content": "</s>", "lstrip": false}}""");
        Write("chat_template.json", """{"chat_template": "json"}""");
        ChatTemplateSource source = ChatTemplateSource.Load(_folder);
        Assert.Equal("file", source.Select(hasTools: true));
        Assert.Equal("<s>", source.BosToken);
        Assert.Equal("</s>", source.EosToken);
    }

    [Fact]
    public void Load_AdditionalJinjaFile_IsUsedForTools()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "additional_chat_templates"));
        Write("chat_template.jinja", "plain");
        Write(Path.Combine("additional_chat_templates", "tool_use.jinja"), "tools");
        ChatTemplateSource source = ChatTemplateSource.Load(_folder);
        Assert.Equal("plain", source.Select(hasTools: false));
        Assert.Equal("tools", source.Select(hasTools: true));
    }

    [Fact]
    public void Load_ListInTheConfiguration_IsSelectedByName()
    {
        Write("tokenizer_config.json", """{"chat_template": [{"name": "default", "template": "a"}, {"name": "tool_use", "template": "b"}]}""");
        ChatTemplateSource source = ChatTemplateSource.Load(_folder);
        Assert.Equal("a", source.Select(hasTools: false));
        Assert.Equal("b", source.Select(hasTools: true));
    }

    [Fact]
    public void Load_ConfigurationWithoutTemplate_FallsBackToChatTemplateJson()
    {
        Write("tokenizer_config.json", """{"eos_token": "</s>"}""");
        Write("chat_template.json", """{"chat_template": "json"}""");
        ChatTemplateSource source = ChatTemplateSource.Load(_folder);
        Assert.Equal("json", source.Select(hasTools: false));
        Assert.Equal("</s>", source.EosToken);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"chat_template": 5}""")]
    [InlineData("""{"chat_template": [{"name": "default"}]}""")]
    public void Load_MalformedConfiguration_NamesTheFile(string json)
    {
        Write("tokenizer_config.json", json);
        TokenizerLoadException exception = Assert.Throws<TokenizerLoadException>(() => ChatTemplateSource.Load(_folder));
        Assert.Contains("tokenizer_config.json", exception.Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    [Theory]
    [InlineData("default", "rag", "rag")]
    [InlineData("default", "tool_use", "default")]
    [InlineData("tool_use", "other", null)]
    public void SelectForDocuments_NamedTemplates_PrefersTheirOwn(string first, string second, string? expected) => Assert.Equal(
        expected, new ChatTemplateSource { Templates = new Dictionary<string, string> { [first] = first, [second] = second } }.SelectForDocuments());
}

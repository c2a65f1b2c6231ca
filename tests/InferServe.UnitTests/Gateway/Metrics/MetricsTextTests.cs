using InferServe.Gateway.Metrics;

namespace InferServe.UnitTests.Gateway.Metrics;

public sealed class MetricsTextTests
{
    [Fact]
    public void Add_TwoWorkersWithOneFamily_GivesOneHeadAndLabelledSamples()
    {
        var text = new MetricsText();
        text.Add("# HELP up Up.\n# TYPE up gauge\nup 1\n", "worker=\"a\"");
        text.Add("# HELP up Up.\n# TYPE up gauge\nup{model=\"m\"} 0\n", "worker=\"b\"");

        Assert.Equal("# HELP up Up.\n# TYPE up gauge\nup{worker=\"a\"} 1\nup{worker=\"b\",model=\"m\"} 0\n", text.ToString());
    }

    [Fact]
    public void Add_HistogramsOfTwoSources_StayTogether()
    {
        const string Histogram = "# TYPE t histogram\nt_bucket{le=\"1\"} 1\nt_bucket{le=\"+Inf\"} 2\nt_sum 3\nt_count 2\n";
        var text = new MetricsText();
        text.Add(Histogram, null);
        text.Add("# TYPE other counter\nother 1\n", null);
        text.Add(Histogram, "worker=\"a\"");

        Assert.Equal(
            [
                "# TYPE t histogram", "t_bucket{le=\"1\"} 1", "t_bucket{le=\"+Inf\"} 2", "t_sum 3", "t_count 2",
                "t_bucket{worker=\"a\",le=\"1\"} 1", "t_bucket{worker=\"a\",le=\"+Inf\"} 2", "t_sum{worker=\"a\"} 3", "t_count{worker=\"a\"} 2",
                "# TYPE other counter", "other 1",
            ],
            Lines(text));
    }

    [Fact]
    public void Add_FamilyThatAnotherSourceTypedOtherwise_IsLeftOut()
    {
        var text = new MetricsText();
        text.Add("# TYPE a gauge\na 1\n", null);
        text.Add("# TYPE a counter\na 2\n# TYPE b counter\nb 3\n", null);

        Assert.Equal(["# TYPE a gauge", "a 1", "# TYPE b counter", "b 3"], Lines(text));
    }

    [Fact]
    public void Add_FamilyWhoseNameContinuesAnother_IsItsOwn()
    {
        var text = new MetricsText();
        text.Add("# TYPE a gauge\na 1\na_more 2\n", null);
        text.Add("a_more 3\n", "worker=\"w\"");

        Assert.Equal(["# TYPE a gauge", "a 1", "a_more 2", "a_more{worker=\"w\"} 3"], Lines(text));
    }

    [Theory]
    [InlineData("a 1", "a{w=\"x\"} 1")]
    [InlineData("a{} 1", "a{w=\"x\"} 1")]
    [InlineData("a{b=\"c\"} 1 1700000000000", "a{w=\"x\",b=\"c\"} 1 1700000000000")]
    [InlineData("a{b=\"}, {\"} 1", "a{w=\"x\",b=\"}, {\"} 1")]
    public void WithLabel_Sample_GetsItFirst(string line, string expected)
        => Assert.Equal(expected, MetricsText.WithLabel(line, nameLength: 1, "w=\"x\""));

    [Fact]
    public void Add_LinesThatAreNoMetrics_AreDropped()
    {
        var text = new MetricsText();
        text.Add("<html>\n# a comment\n\n9a 1\n# HELP\n# EOF\n", "worker=\"a\"");

        Assert.Empty(text.ToString());
    }

    private static string[] Lines(MetricsText text) => text.ToString().TrimEnd('\n').Split('\n');
}

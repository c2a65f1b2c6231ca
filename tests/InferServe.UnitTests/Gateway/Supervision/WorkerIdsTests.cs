using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class WorkerIdsTests
{
    private readonly WorkerIds _ids = new();

    [Fact]
    public void Take_Replicas_AreNumbered()
        => Assert.Equal(["nano-0", "nano-1", "nano-2"], Take(("nano", 3)));

    [Fact]
    public void Take_NamesThatDifferInPunctuationOnly_StayApart()
        => Assert.Equal(["org-m-0", "org-m-n2-0", "org-m-n3-0"], Take(("org/m", 1), ("org:m", 1), ("org.m", 1)));

    [Fact]
    public void Take_AnyName_GivesUniqueHostNames()
    {
        var ids = Take((new string('x', 128), 64), ("A_b@C", 1), ("x-n2", 1), ("x", 2), ("x.", 2), ("x-0", 1));

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ids, id => Assert.Equal(UriHostNameType.Dns, Uri.CheckHostName(id)));
        Assert.All(ids, id => Assert.InRange(id.Length, 1, 40));
    }

    [Fact]
    public void Take_AfterGivenBack_TheLowestFreeNumberIsUsedAgain()
    {
        Take(("nano", 3));
        _ids.GiveBack("nano-1");

        Assert.Equal(["nano-1", "nano-3"], Take(("nano", 2)));
    }

    private List<string> Take(params (string Name, int Replicas)[] models)
        => [.. models.SelectMany(model => Enumerable.Range(0, model.Replicas).Select(_ => _ids.Take(model.Name)))];
}

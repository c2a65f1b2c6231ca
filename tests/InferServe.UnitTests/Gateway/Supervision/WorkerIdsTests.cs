using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class WorkerIdsTests
{
    [Fact]
    public void Define_Replicas_AreNumbered()
        => Assert.Equal(["nano-0", "nano-1", "nano-2"], Ids(("nano", 3)));

    [Fact]
    public void Define_NamesThatDifferInPunctuationOnly_StayApart()
        => Assert.Equal(["org-m-0", "org-m-n2-0", "org-m-n3-0"], Ids(("org/m", 1), ("org:m", 1), ("org.m", 1)));

    [Fact]
    public void Define_AnyName_GivesUniqueHostNames()
    {
        var ids = Ids((new string('x', 128), 64), ("A_b@C", 1), ("x-n2", 1), ("x", 2), ("x.", 2), ("x-0", 1));

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ids, id => Assert.Equal(UriHostNameType.Dns, Uri.CheckHostName(id)));
        Assert.All(ids, id => Assert.InRange(id.Length, 1, 40));
    }

    private static List<string> Ids(params (string Name, int Replicas)[] models)
        => [.. WorkerIds.Define(models.Select(model => new ModelDefinition { Name = model.Name, Folder = "/", Replicas = model.Replicas }))
            .Select(worker => worker.Id)];
}

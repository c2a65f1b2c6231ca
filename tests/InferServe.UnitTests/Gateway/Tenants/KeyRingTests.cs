using System.Security.Cryptography;
using InferServe.Gateway.Tenants;

namespace InferServe.UnitTests.Gateway.Tenants;

public sealed class KeyRingTests
{
    private static readonly string[] Secrets = [.. Enumerable.Range(0, 5).Select(_ => ApiKeyText.Create())];

    private static readonly KeyRing Ring = new([.. Secrets.Select((secret, index) => Key($"key{index}", secret))]);

    [Fact]
    public void Find_EachKey_IsItsOwner()
        => Assert.All(Secrets.Index(), pair => Assert.Equal($"key{pair.Index}", Ring.Find(pair.Item)?.Name));

    [Fact]
    public void Find_AnyCharacterChanged_IsNobody()
        => Assert.All(Enumerable.Range(0, Secrets[0].Length), index =>
        {
            var letters = Secrets[0].ToCharArray();
            letters[index] = letters[index] == 'A' ? 'B' : 'A';
            Assert.Null(Ring.Find(new string(letters)));
        });

    [Fact]
    public void Find_NoKeys_IsNobody() => Assert.Null(new KeyRing([]).Find(Secrets[0]));

    /// <summary>Constant time by construction: as many comparisons of whole digests, whichever key matches and if none does.</summary>
    [Fact]
    public void Find_FirstLastOrNoKey_ComparesWithEveryKeyAlike()
    {
        string[] presented = [Secrets[0], Secrets[^1], ApiKeyText.Create(), ""];
        Assert.All(presented, key =>
        {
            var lengths = new List<(int, int)>();
            Ring.Find(ApiKeyText.Digest(key), (left, right) =>
            {
                lengths.Add((left.Length, right.Length));
                return left.SequenceEqual(right);
            });
            Assert.Equal(Enumerable.Repeat((32, 32), Secrets.Length), lengths);
        });
    }

    [Fact]
    public void Comparer_IsTheFixedTimeOneOfThePlatform()
        => Assert.Equal(typeof(CryptographicOperations).GetMethod(nameof(CryptographicOperations.FixedTimeEquals)), KeyRing.Comparer.Method);

    private static ApiKey Key(string name, string secret) => new() { Name = name, Tenant = name, Digest = [.. ApiKeyText.Digest(secret)] };
}

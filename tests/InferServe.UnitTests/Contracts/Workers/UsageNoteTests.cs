using System.Text;
using InferServe.Contracts.Workers;

namespace InferServe.UnitTests.Contracts.Workers;

public sealed class UsageNoteTests
{
    [Fact]
    public void TryParse_WhatToStringWrote_IsTheSame()
    {
        var note = new UsageNote(12, int.MaxValue, 0, 7);

        Assert.True(UsageNote.TryParse(Encoding.ASCII.GetBytes(note.ToString()), out var read));
        Assert.Equal(note, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("1 2 3 4 5")]
    [InlineData("1 2 3 4 ")]
    [InlineData("1  2 3 4")]
    [InlineData("1 2 -3 4")]
    [InlineData("1 2 3 99999999999")]
    [InlineData("1 2 3 x")]
    public void TryParse_AnythingElse_IsFalse(string text)
        => Assert.False(UsageNote.TryParse(Encoding.ASCII.GetBytes(text), out _));
}

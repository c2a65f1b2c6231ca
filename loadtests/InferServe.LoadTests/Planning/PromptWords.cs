using System.Text;
using InferServe.LoadTests.Randomness;

namespace InferServe.LoadTests.Planning;

/// <summary>Random words: common ones, which most vocabularies hold whole.</summary>
internal static class PromptWords
{
    private static readonly string[] Common =
        ("time year people way day man thing woman life child world school state family student group country problem hand part place case week " +
        "company system program question work government number night point home water room mother area money story fact month lot right study " +
        "book eye job word business issue side kind head house service friend father power hour game line end member law car city community name " +
        "president team minute idea kid body information back parent face others level office door health person art war history party result " +
        "change morning reason research girl guy moment air teacher force education find give tell ask seem feel try leave call keep let begin " +
        "show hear play run move live believe bring happen write provide sit stand lose pay meet include continue set learn lead understand watch " +
        "follow stop create speak read allow add spend grow open walk win offer remember love consider appear buy wait serve die send expect build " +
        "stay fall cut reach kill remain good new first last long great little own other old big high different small large next early young " +
        "important few public bad same able also then now only well even just here there still under after before between never always")
        .Split(' ');

    public static string Create(SeededRandom random, int count)
    {
        var text = new StringBuilder();
        for (int index = 0; index < count; index++)
        {
            if (index > 0)
            {
                text.Append(' ');
            }

            text.Append(Common[random.Next(Common.Length)]);
        }

        return text.ToString();
    }
}

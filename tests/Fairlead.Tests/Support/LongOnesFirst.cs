using Xunit.Sdk;
using Xunit.v3;

namespace Fairlead.Tests.Support;

/// <summary>
/// Journeys begin and quick classes end the run, so that no thread is left with a long class while the other has
/// nothing to do.
/// </summary>
public sealed class LongOnesFirst : ITestCollectionOrderer
{
    private static readonly string[] Rooms = ["Journeys", "Contract.Engines", "Contract"];

    public IReadOnlyCollection<TCollection> OrderTestCollections<TCollection>(
        IReadOnlyCollection<TCollection> testCollections
    )
        where TCollection : ITestCollection => [.. testCollections.OrderBy(Turn)];

    /// <summary>Every class is a collection of its own, whose name has the name of the class in it.</summary>
    private static int Turn<TCollection>(TCollection collection)
        where TCollection : ITestCollection
    {
        var room = Array.FindIndex(Rooms, room => collection.TestCollectionDisplayName.Contains($".Tests.{room}."));
        return room < 0 ? Rooms.Length : room;
    }
}

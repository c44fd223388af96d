using Fairlead.Server.Events;
using Fairlead.Server.Events.Hooks;

namespace Fairlead.Tests.Unit.Events;

/// <summary>What a sender or a host's list calls a delivery is stored by any database, whatever it is.</summary>
public sealed class DeliveryKeysTests
{
    [Theory]
    [InlineData("5f1b5a6e-1d3c-11ee", true)]
    [InlineData("with\0end", false)]
    [InlineData("zwölf", false)]
    public void An_odd_name_is_known_by_its_digest_and_an_odd_event_is_none(string name, bool isPlain)
    {
        Assert.Equal(isPlain, DeliveryKeys.OfId(name) == $"id:{name}");
        Assert.All(DeliveryKeys.OfId(name), sign => Assert.InRange(sign, ' ', '~'));
        Assert.NotEqual(DeliveryKeys.OfId(name), DeliveryKeys.OfId(name + "!"));
        var pending = new PendingDelivery(1, HeardBy.Hook, "id:1", [], default, false) { Event = name };
        Assert.Equal(isPlain ? name : null, pending.Event);
    }
}

using Fairlead.Runner.Images;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Unit.Images;

/// <summary>Pushes take the way that is faster for what is new.</summary>
public sealed class PushWayTests
{
    private static readonly ImageLayer Base = new("base", 130_000_000);
    private static readonly ImageLayer Small = new("small", 1_000_000);
    private static readonly ImageLayer Big = new("big", 200_000_000);

    [Fact]
    public void A_small_image_goes_by_docker_and_a_big_new_one_by_skopeo()
    {
        Assert.False(PushWay.SkopeoIsFaster([Small], PushMemory.None));
        Assert.True(PushWay.SkopeoIsFaster([Base, Small], PushMemory.None));
    }

    [Fact]
    public void A_small_edit_on_layers_docker_has_sent_goes_by_docker()
    {
        var known = new PushMemory(new HashSet<string> { "base" }, new HashSet<string> { "base" });
        Assert.False(PushWay.SkopeoIsFaster([Base, Small], known));
        Assert.True(PushWay.SkopeoIsFaster([Base, Big], known));
    }

    [Fact]
    public void Layers_that_stay_are_sent_by_docker_once_so_that_later_pushes_are_fast()
    {
        var sentBySkopeo = new PushMemory(new HashSet<string>(), new HashSet<string> { "base" });
        Assert.False(PushWay.SkopeoIsFaster([Base, Small], sentBySkopeo));
    }

    [Fact]
    public void What_was_pushed_is_remembered_per_repository_and_a_torn_memory_is_none()
    {
        using var directory = new TempDir();
        var target = new PushTarget("registry.test", "team/app", ["1"]);
        PushMemory.None.Write(directory, target, [Base, Small], byDocker: true);
        PushMemory.Read(directory, target).Write(directory, target, [Base, Big], byDocker: false);

        var memory = PushMemory.Read(directory, target);
        Assert.Equal(["base"], memory.Docker);
        Assert.Equal(["base", "big"], memory.Any.Order());
        Assert.Empty(PushMemory.Read(directory, target with { Repository = "team/other" }).Any);

        File.WriteAllText(Directory.GetFiles(directory).Single(), "{");
        Assert.Empty(PushMemory.Read(directory, target).Any);
    }
}

using Fairlead.Server.Access;
using Microsoft.AspNetCore.Components;

namespace Fairlead.Server.Web;

/// <summary>What every page and part of the console is made from: the request, and who is asking.</summary>
public abstract class ConsolePart : ComponentBase
{
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    [Inject]
    internal TimeProvider Clock { get; set; } = null!;

    internal DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Who is signed in. Pages that need nobody ask <see cref="Visitor"/>.</summary>
    internal Caller Caller => Visitor ?? throw new InvalidOperationException("This page needs a caller.");

    internal Caller? Visitor => Http.Features.Get<Caller>();
}

using System.Net.Http.Json;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Connections;
using Fairlead.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Connections;

/// <summary>Many people verify at once; each verification may mean a program and ten seconds of waiting.</summary>
public sealed class CrowdTests
{
    private const int People = 3 * VerifyPlaces.Count;

    [Fact]
    public async Task Only_so_many_connections_are_verified_at_once_and_everybody_gets_a_verdict()
    {
        var host = new PatientHost();
        await using var server = await TestServer.Start(adjust: services =>
            services.AddSingleton<IReadOnlyList<IProvider>>([host])
        );
        await BoundSource.Make(server);
        var client = server.Maintainer;
        var asked = Enumerable
            .Range(0, People)
            .Select(_ => client.PostAsync("/api/v1/connections/code/verify", null))
            .ToList();

        await Eventually.True("all places are taken", () => host.Inside == VerifyPlaces.Count);
        // Whoever had a way past the places has it now: everybody's request is there.
        await Eventually.True("everybody has come", () => Requests(server) >= People);
        Assert.Equal(VerifyPlaces.Count, host.Most);
        host.Answer.SetResult();
        foreach (var answer in await Task.WhenAll(asked))
            Assert.Equal("trusted", (await answer.Content.ReadFromJsonAsync<ConnectionView>())!.Verdict.Kind);
        Assert.Equal((People, VerifyPlaces.Count), (host.Asked, host.Most));
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_place()
    {
        using var places = new VerifyPlaces();
        var taken = new List<IDisposable>();
        for (var i = 0; i < VerifyPlaces.Count; i++)
            taken.Add(await places.Take(default));
        using var impatience = new CancellationTokenSource();
        var waiting = places.Take(impatience.Token);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        taken[0].Dispose();
        using var next = await places.Take(TestContext.Current.CancellationToken);
    }

    private static int Requests(TestServer server) =>
        server.Services.GetRequiredService<VerifyPlaces>().Waiting + VerifyPlaces.Count;

    /// <summary>A host that answers when it is told to, and counts who waits for it.</summary>
    private sealed class PatientHost : IProvider, IVerify
    {
        private int _inside;
        private int _most;
        private int _asked;

        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int Inside => Volatile.Read(ref _inside);
        public int Most => Volatile.Read(ref _most);
        public int Asked => Volatile.Read(ref _asked);

        public string Kind => "test";
        public string Title => "Test";
        public string Summary => "For tests.";
        public ProviderFamily Family => ProviderFamily.CodeHost;
        public string Icon => "git";
        public IReadOnlyList<FormField> Fields => [];

        public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) =>
            new Dictionary<string, string>(input.Settings);

        public async Task<Verdict> Verify(Target target, CancellationToken cancel)
        {
            Interlocked.Increment(ref _asked);
            var inside = Interlocked.Increment(ref _inside);
            InterlockedMax(ref _most, inside);
            await Answer.Task.WaitAsync(cancel);
            Interlocked.Decrement(ref _inside);
            return new Verdict(VerdictKind.Trusted, "It answers.");
        }

        private static void InterlockedMax(ref int most, int value)
        {
            for (var seen = most; seen < value; )
                seen = Interlocked.CompareExchange(ref most, value, seen) is var found && found == seen ? value : found;
        }
    }
}

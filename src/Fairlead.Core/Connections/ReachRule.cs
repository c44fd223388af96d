using System.Net;

namespace Fairlead.Core.Connections;

/// <summary>
/// An administrator's permission to go where a typed address may otherwise not lead: a private network, loopback,
/// plain http. Link-local and metadata addresses stay forbidden whatever a rule says.
/// </summary>
/// <param name="Host">The exact host name or address as typed in connections; <c>*</c> for any.</param>
/// <param name="Network">Where it may resolve to.</param>
/// <param name="Port">The port, or 0 for any.</param>
/// <param name="PlainHttp">Whether http without TLS is allowed there.</param>
public sealed record ReachRule(string Host, IPNetwork Network, int Port, bool PlainHttp);

namespace CodeExec.Api.Live.Pushed;

/// <summary>Sends a SignalR client elsewhere, in the members that its library looks for.</summary>
internal sealed record NegotiateView(string Url, string AccessToken);

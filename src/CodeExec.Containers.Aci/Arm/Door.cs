namespace CodeExec.Containers.Aci.Arm;

/// <summary>Where to connect for a container's output or a command in it, and the word that opens it once.</summary>
internal sealed record Door(Uri Address, string Password);

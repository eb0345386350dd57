using System.ComponentModel;

namespace Azure.ResourceManager.ContainerInstance.Models;

public readonly struct ContainerGroupRestartPolicy : IEquatable<ContainerGroupRestartPolicy>
{
    private readonly string _value;

    public ContainerGroupRestartPolicy(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static ContainerGroupRestartPolicy Always { get; } = new("Always");

    public static ContainerGroupRestartPolicy Never { get; } = new("Never");

    public static ContainerGroupRestartPolicy OnFailure { get; } = new("OnFailure");

    public static bool operator ==(ContainerGroupRestartPolicy left, ContainerGroupRestartPolicy right) => left.Equals(right);

    public static bool operator !=(ContainerGroupRestartPolicy left, ContainerGroupRestartPolicy right) => !left.Equals(right);

    public static implicit operator ContainerGroupRestartPolicy(string value) => new(value);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => obj is ContainerGroupRestartPolicy other && Equals(other);

    public bool Equals(ContainerGroupRestartPolicy other) => string.Equals(_value, other._value, StringComparison.InvariantCultureIgnoreCase);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value is null ? 0 : StringComparer.InvariantCultureIgnoreCase.GetHashCode(_value);

    public override string ToString() => _value;
}

public readonly struct ContainerInstanceOperatingSystemType : IEquatable<ContainerInstanceOperatingSystemType>
{
    private readonly string _value;

    public ContainerInstanceOperatingSystemType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static ContainerInstanceOperatingSystemType Linux { get; } = new("Linux");

    public static ContainerInstanceOperatingSystemType Windows { get; } = new("Windows");

    public static bool operator ==(ContainerInstanceOperatingSystemType left, ContainerInstanceOperatingSystemType right) => left.Equals(right);

    public static bool operator !=(ContainerInstanceOperatingSystemType left, ContainerInstanceOperatingSystemType right) => !left.Equals(right);

    public static implicit operator ContainerInstanceOperatingSystemType(string value) => new(value);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => obj is ContainerInstanceOperatingSystemType other && Equals(other);

    public bool Equals(ContainerInstanceOperatingSystemType other) => string.Equals(_value, other._value, StringComparison.InvariantCultureIgnoreCase);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value is null ? 0 : StringComparer.InvariantCultureIgnoreCase.GetHashCode(_value);

    public override string ToString() => _value;
}

public readonly struct ContainerGroupPriority : IEquatable<ContainerGroupPriority>
{
    private readonly string _value;

    public ContainerGroupPriority(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static ContainerGroupPriority Regular { get; } = new("Regular");

    public static ContainerGroupPriority Spot { get; } = new("Spot");

    public static bool operator ==(ContainerGroupPriority left, ContainerGroupPriority right) => left.Equals(right);

    public static bool operator !=(ContainerGroupPriority left, ContainerGroupPriority right) => !left.Equals(right);

    public static implicit operator ContainerGroupPriority(string value) => new(value);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => obj is ContainerGroupPriority other && Equals(other);

    public bool Equals(ContainerGroupPriority other) => string.Equals(_value, other._value, StringComparison.InvariantCultureIgnoreCase);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value is null ? 0 : StringComparer.InvariantCultureIgnoreCase.GetHashCode(_value);

    public override string ToString() => _value;
}

public readonly struct ContainerGroupSku : IEquatable<ContainerGroupSku>
{
    private readonly string _value;

    public ContainerGroupSku(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static ContainerGroupSku NotSpecified { get; } = new("NotSpecified");

    public static ContainerGroupSku Standard { get; } = new("Standard");

    public static ContainerGroupSku Dedicated { get; } = new("Dedicated");

    public static ContainerGroupSku Confidential { get; } = new("Confidential");

    public static bool operator ==(ContainerGroupSku left, ContainerGroupSku right) => left.Equals(right);

    public static bool operator !=(ContainerGroupSku left, ContainerGroupSku right) => !left.Equals(right);

    public static implicit operator ContainerGroupSku(string value) => new(value);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object obj) => obj is ContainerGroupSku other && Equals(other);

    public bool Equals(ContainerGroupSku other) => string.Equals(_value, other._value, StringComparison.InvariantCultureIgnoreCase);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value is null ? 0 : StringComparer.InvariantCultureIgnoreCase.GetHashCode(_value);

    public override string ToString() => _value;
}

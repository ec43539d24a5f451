using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Ledger;

/// <summary>Who votes, in a fixed order. Quorums here count heads (PBFT); see design §1 for the arithmetic.</summary>
public sealed class ValidatorSet
{
    private const string Domain = "energynode/validator-set/1";

    private readonly Validator[] _validators;
    private readonly Dictionary<PublicKey, ValidatorIndex> _byKey;

    /// <param name="validators">1 to <see cref="Limits.MaxValidators"/>, with distinct keys and names.</param>
    public ValidatorSet(IEnumerable<Validator> validators)
    {
        _validators = validators.ToArray();
        _byKey = new Dictionary<PublicKey, ValidatorIndex>(_validators.Length);
        for (int i = 0; i < _validators.Length; i++)
        {
            _byKey.Add(_validators[i].Key, new ValidatorIndex(i));
        }

        BorshWriter writer = new();
        writer.Ascii(Domain);
        Encode(writer);
        Hash = Hash32.Of(writer.WrittenSpan);
    }

    public int Count => _validators.Length;

    /// <summary>How many may be faulty: f = ⌊(N−1)/3⌋.</summary>
    public int MaxFaulty => (Count - 1) / 3;

    /// <summary>Two quorums share an honest validator: ⌊(N+f)/2⌋+1.</summary>
    public int Quorum => ((Count + MaxFaulty) / 2) + 1;

    public Hash32 Hash { get; }

    public IReadOnlyList<Validator> Validators => _validators;

    public Validator this[ValidatorIndex index] => _validators[index.Value];

    public bool Contains(ValidatorIndex index) => index.Value >= 0 && index.Value < _validators.Length;

    public ValidatorIndex? IndexOf(PublicKey key) => _byKey.TryGetValue(key, out ValidatorIndex index) ? index : null;

    public void Encode(BorshWriter writer)
    {
        writer.Count(_validators.Length);
        foreach (Validator validator in _validators)
        {
            writer.Label(validator.Name);
            writer.PublicKey(validator.Key);
            writer.I64(validator.Power);
        }
    }

    /// <returns>Null when the bytes are not a well-formed set; the reader then says why.</returns>
    public static ValidatorSet? Decode(ref BorshReader reader)
    {
        int count = reader.Count(Limits.MaxValidators);
        List<Validator> validators = new(count);
        HashSet<PublicKey> keys = [];
        HashSet<Label> names = [];
        for (int i = 0; i < count && reader.Ok; i++)
        {
            Validator validator = new(reader.Label(), reader.PublicKey(), reader.I64());
            if (validator.Power <= 0 || !keys.Add(validator.Key) || !names.Add(validator.Name))
            {
                reader.Fail(CodecError.OutOfRange);
            }

            validators.Add(validator);
        }

        if (reader.Ok && count == 0)
        {
            reader.Fail(CodecError.OutOfRange);
        }

        return reader.Ok ? new ValidatorSet(validators) : null;
    }
}

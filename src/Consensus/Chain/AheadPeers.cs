using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Which peers showed that they are further, and how far. A claim is used once, and peers are asked in turn, so that
/// one who boasts cannot keep this node from asking the others.
/// </summary>
internal sealed class AheadPeers(int validators)
{
    private readonly Height[] _claims = new Height[validators];
    private int _turn;

    public void Note(ValidatorIndex peer, Height height)
    {
        if (height > _claims[peer.Value])
        {
            _claims[peer.Value] = height;
        }
    }

    public bool Any(Height own)
    {
        foreach (Height claim in _claims)
        {
            if (claim > own)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next peer in turn that is ahead; its claim is forgotten.</summary>
    public ValidatorIndex? Take(Height own)
    {
        for (int i = 1; i <= validators; i++)
        {
            int peer = (_turn + i) % validators;
            if (_claims[peer] > own)
            {
                _turn = peer;
                _claims[peer] = default;
                return new ValidatorIndex(peer);
            }
        }

        return null;
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.I64(_turn);
        foreach (Height claim in _claims)
        {
            writer.I64(claim.Value);
        }
    }
}

using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Proposes what must not be voted for, and sends batches that nobody signed.</summary>
internal sealed class InvalidLie : Lie
{
    private SignedMessage? _last;
    private byte[]? _bad;

    public override void Leaves(Departure frame, Liar liar)
    {
        if (frame.Kind == FrameKind.Batches && liar.Feels())
        {
            byte[] bytes = frame.Payload.ToArray();
            bytes[liar.Dice.Between(bytes.Length / 2, bytes.Length - 1)] ^= 1;
            frame.Payload = bytes;
            return;
        }

        if (frame.Message is not { } signed || !signed.Message.IsProposal(out _, out Block block))
        {
            return;
        }

        if (!ReferenceEquals(signed, _last))
        {
            _last = signed;
            _bad = liar.Feels() ? Spoil(signed.Message, block, liar) : null;
        }

        frame.Payload = _bad ?? frame.Payload;
    }

    private static byte[] Spoil(ConsensusMessage proposal, Block block, Liar liar)
    {
        BlockHeader header = block.Header;
        BlockHeader spoilt = liar.Dice.Between(0, 6) switch
        {
            0 => header with { Parent = Hash32.Of(header.Parent.ToArray()) },
            1 => header with { Time = header.Time.Plus(Duration.FromSeconds(3_600)) },
            2 => header with { Time = new Instant(1) },
            3 => header with { Validators = Hash32.Of([3]) },
            4 => header with { Proposer = liar.Validators[new ValidatorIndex(liar.AnyOther())].Key },
            5 => header with { Chain = ChainId.Parse("another") },
            _ => header,
        };
        if (spoilt != header)
        {
            return liar.Sign(proposal.With(Block.Create(spoilt, block.Batches)));
        }

        List<Hash32> batches = [.. block.Batches];
        switch (liar.Dice.Between(0, 2))
        {
            case 0:
                batches.Add(Hash32.Of(block.Hash.ToArray()));
                break;
            case 1:
                batches.AddRange(block.Batches);
                break;
            default:
                byte[] oversized = new byte[SignedMessage.MaxBytes + 1];
                liar.Sign(proposal).AsSpan().CopyTo(oversized);
                return oversized;
        }

        return liar.Sign(proposal.With(Block.Create(header, batches)));
    }
}

using System.Collections.Generic;

namespace EnergyNode.Actors.Node;

/// <summary>Client links and refused strangers by address: many of them may be one party with many keys.</summary>
internal sealed class AddressWatch
{
    private readonly SortedDictionary<string, (int Links, int Refused)> _addresses =
        new(System.StringComparer.Ordinal);

    public void Linked(string address) => Change(address, 1, 0);

    public void Unlinked(string address) => Change(address, -1, 0);

    public void Refused(string address) => Change(address, 0, 1);

    /// <summary>Half of the refused ones are forgotten.</summary>
    public void Forget()
    {
        foreach (string address in (string[])[.. _addresses.Keys])
        {
            (int links, int refused) = _addresses[address];
            Put(address, links, refused / 2);
        }
    }

    /// <summary>The conspicuous ones, the worst first.</summary>
    public List<(string Address, int Links, int Refused)> Report()
    {
        List<(string Address, int Links, int Refused)> found = [];
        foreach ((string address, (int links, int refused)) in _addresses)
        {
            if (links + refused >= SuspicionLimits.LinksPerAddress)
            {
                found.Add((address, links, refused));
            }
        }

        found.Sort((a, b) =>
        {
            int byCount = (b.Links + b.Refused).CompareTo(a.Links + a.Refused);
            return byCount != 0 ? byCount : string.CompareOrdinal(a.Address, b.Address);
        });
        return found;
    }

    private void Change(string address, int links, int refused)
    {
        (int Links, int Refused) old = _addresses.GetValueOrDefault(address);
        Put(address, System.Math.Max(0, old.Links + links), old.Refused + refused);
    }

    private void Put(string address, int links, int refused)
    {
        if (links + refused == 0)
        {
            _addresses.Remove(address);
            return;
        }

        if (_addresses.Count >= SuspicionLimits.MaxAddresses && !_addresses.ContainsKey(address))
        {
            ForgetLeast();
        }

        _addresses[address] = (links, refused);
    }

    private void ForgetLeast()
    {
        string least = "";
        int fewest = int.MaxValue;
        foreach ((string address, (int links, int refused)) in _addresses)
        {
            if (links + refused < fewest)
            {
                (least, fewest) = (address, links + refused);
            }
        }

        _addresses.Remove(least);
    }
}

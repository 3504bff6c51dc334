import { BlockList, isIP } from 'node:net'
import { Problem } from '../../domain/problems.ts'
import type { Mode } from '../../domain/rules/cited.ts'

/** Networks to which a production sends although not everybody can reach them, as the operator allows them. */
export type AllowedNetworks = BlockList

/** IPv4 blocks that are nobody's on the Internet. @see RFC 6890 and the IANA registry of special-purpose addresses */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

/** Within 2000::/3, the only IPv6 block of public addresses: those that wrap or stand for other ones. */
const SPECIAL_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const special = new BlockList()
for (const [network, bits] of SPECIAL_IPV4) special.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of SPECIAL_IPV6) special.addSubnet(network, bits, 'ipv6')
const publicIpv6 = new BlockList()
publicIpv6.addSubnet('2000::', 3, 'ipv6')

/** True for an address that belongs to a host on the Internet: neither private nor loopback, link-local or multicast. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !special.check(address, 'ipv4')
  return family === 6 && publicIpv6.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

/** True for an address to which callbacks may go: any in a sandbox. */
export function mayBeCalled(address: string, mode: Mode, allowed: AllowedNetworks): boolean {
  return (
    mode === 'sandbox' ||
    isPublicAddress(address) ||
    allowed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  )
}

/**
 * The address of a callback in its normal form. What a name stands for is looked at when something is sent, because it
 * may change.
 *
 * @throws Problem callback-address-refused
 */
export function callbackAddress(text: string, mode: Mode, allowed: AllowedNetworks): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const isGood =
    url !== undefined &&
    ['https:', ...(mode === 'sandbox' ? ['http:'] : [])].includes(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    !text.includes('#') &&
    (isIP(host) === 0 || mayBeCalled(host, mode, allowed))
  if (!isGood) {
    throw new Problem('callback-address-refused', {
      fields: [
        {
          path: '/url',
          keyword: 'address',
          message: { zh: '不能向此地址推送。', en: 'Nothing can be sent to this address.' },
        },
      ],
    })
  }
  return url.href
}

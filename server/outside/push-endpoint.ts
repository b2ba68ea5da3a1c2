import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { BlockList, isIP, isIPv6 } from 'node:net'

/**
 * A browser names the URL that its pushes go to, and so could anybody: our own network must be out of reach of it.
 * E1. Only https on its usual port, to a public host by name or number.
 * E2. What a name means is looked at when the connection is made, every address of it; a name may change its meaning any time.
 */
// One list for each family: an IPv4 address is looked up in the other's nets, too, as ::ffff:….
const [PRIVATE_4, PRIVATE_6] = [new BlockList(), new BlockList()]
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE_4.addSubnet(net, prefix, 'ipv4')
// 2000::/3 is all that is public; of it, 6to4 and Teredo carry an IPv4 address inside.
for (const [net, prefix] of [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2002::', 16],
  ['2001::', 32],
] as const)
  PRIVATE_6.addSubnet(net, prefix, 'ipv6')

export const isPrivateAddress = (address: string): boolean =>
  isIPv6(address) ? PRIVATE_6.check(address, 'ipv6') : PRIVATE_4.check(address, 'ipv4')

/** Names that mean something only inside of a network. */
const INNER_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|arpa)\.?$/i

export interface EndpointPolicy {
  /** In development a push service on this machine may be named: `http://127.0.0.1:…`. */
  readonly allowLoopback: boolean
}

/** @returns why nothing may be sent there, or undefined. E1 */
export const endpointObjection = (endpoint: string, { allowLoopback }: EndpointPolicy): string | undefined => {
  const url = URL.parse(endpoint)
  if (!url) return 'must be a URL'
  if (allowLoopback && url.hostname === '127.0.0.1') return undefined
  if (url.protocol !== 'https:') return 'must be https'
  if (url.port !== '') return 'must be on the port of https'
  if (url.username !== '' || url.password !== '') return 'must name no user'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) > 0) return isPrivateAddress(host) ? 'must be a public host' : undefined
  return INNER_NAME.test(host) || !host.includes('.') ? 'must be a public host' : undefined
}

type Looked = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

/** The look-up of a connection that may only lead to public addresses. E2. Fails with the code `EPRIVATE`. */
export const lookupPublic = (host: string, options: LookupOptions, looked: Looked): void => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error) looked(error, [])
    else if (!first || addresses.some(({ address }) => isPrivateAddress(address)))
      looked(Object.assign(new Error(`${host} is not a public host`), { code: 'EPRIVATE' }), [])
    else if (options.all) looked(null, addresses)
    else looked(null, first.address, first.family)
  })
}

/** What is known of where a request comes from. */
export interface Origin {
  readonly socket: { readonly remoteAddress?: string | undefined }
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * The client's address: the connection's own, or, behind proxies of ours, the one that the outermost of them saw. What stands further to the left
 * in `X-Forwarded-For` was written by the client itself.
 * @param proxies of ours between the client and here, 0…10
 */
export const addressOf = ({ socket, headers }: Origin, proxies: number): string => {
  const own = socket.remoteAddress ?? 'unknown'
  if (proxies === 0) return own
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '')
  return forwarded.at(-proxies) ?? own
}

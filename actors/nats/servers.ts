/** Where NATS is, as the client wants to be told. */
export interface Servers {
  readonly servers: string[]
  readonly user?: string
  readonly pass?: string
}

/** @param url one or more, comma separated; a name and a password in the first of them are everybody's: `nats://gateway:secret@host:4222` */
export const serversOf = (url: string): Servers => {
  const all = url.split(',')
  const first = all[0] ?? ''
  const { username, password } = URL.canParse(first) ? new URL(first) : { username: '', password: '' }
  return {
    servers: all.map(each => each.replace(/^([a-z]+:\/\/)[^@/]*@/, '$1')),
    ...(username === '' ? {} : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
  }
}

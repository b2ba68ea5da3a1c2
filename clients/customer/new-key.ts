/** 128 bits by chance, in hex: a name for one intention. `crypto.randomUUID` is there on HTTPS and on localhost only, this everywhere. */
export const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')

/** What a schema describes, as it is sent: read only, and a field that is absent is not there at all, rather than `undefined`. */
export type Told<T> = T extends readonly (infer Each)[]
  ? readonly Told<Each>[]
  : T extends object
    ? { readonly [Field in keyof T]: Told<Exclude<T[Field], undefined>> }
    : T

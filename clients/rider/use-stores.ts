import useSWR from 'swr'
import type { StoreView } from '../../server/contract/stores.ts'
import { useCall } from '../web/api-context.tsx'

export type StorePlace = Pick<StoreView, 'id' | 'lat' | 'lng'> & { readonly address: string }

/** Where stores are, by id; those that cannot be read now are missing. @param ids of a few, in any order */
export const useStores = (ids: readonly string[]): ReadonlyMap<string, StorePlace> => {
  const call = useCall()
  const wanted = [...new Set(ids)].sort()
  const read = async (): Promise<ReadonlyMap<string, StorePlace>> => {
    const answers = await Promise.allSettled(wanted.map(id => call<StorePlace>(`/api/stores/${id}`)))
    return new Map(answers.flatMap(answer => (answer.status === 'fulfilled' ? [[answer.value.id, answer.value] as const] : [])))
  }
  const { data } = useSWR(wanted.length === 0 ? null : ['places of stores', ...wanted], read, { keepPreviousData: true })
  return data ?? NONE
}

const NONE: ReadonlyMap<string, StorePlace> = new Map()

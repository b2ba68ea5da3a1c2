import { objectionTo } from './backup-file.ts'
import { filesOf, type Manifest } from './manifest.ts'

/** Everything that is wrong with a backup, one line each; empty is good. Reads every byte of it. */
export const checkBackup = async (dir: string, manifest: Manifest, signal?: AbortSignal): Promise<readonly string[]> => {
  const wrong: string[] = []
  for (const file of filesOf(manifest)) {
    const objection = await objectionTo(dir, file, signal)
    if (objection !== undefined) wrong.push(objection)
  }
  return [...wrong, ...positionsBeyond(manifest)]
}

/** A position beyond its stream's end would have the projector pass over what is written there next: see `takeBackup`. */
const positionsBeyond = ({ postgres, nats }: Manifest): readonly string[] =>
  Object.entries(postgres.positions).flatMap(([stream, seq]) => {
    const end = nats.streams.find(({ name }) => name === stream)?.lastSeq
    if (end === undefined) return [`stream ${stream} is missing`]
    return seq > end ? [`the tables know ${seq} messages of stream ${stream}, which ends at ${end}`] : []
  })

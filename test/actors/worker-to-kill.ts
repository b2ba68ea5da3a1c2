import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Starts a worker in a process of its own, waits until it stands at the point, and kills it there. @throws when it ends before */
export const killWorkerAt = async (
  url: string,
  part: 'effects' | 'timers' | 'inbox',
  point: 'before' | 'during' | 'after',
): Promise<void> => {
  const script = join(import.meta.dirname, 'fixtures', 'worker-process.ts')
  const child = spawn(process.execPath, [script, url, part, point], { stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const reached = once(child.stdout, 'data').then(() => true)
  const stands = await Promise.race([reached, gone.then(() => false)])
  child.kill('SIGKILL')
  await gone
  if (!stands) throw new Error(`the worker ended before it came to ${point}`)
}

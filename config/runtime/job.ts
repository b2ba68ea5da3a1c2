import { launch, logPath, type Program, type Rooms, stopRunning } from './launch.ts'
import { Problem } from './problem.ts'

/** Runs a program that ends by itself. @throws Problem processFailed unless it ends with 0 */
export const runJob = async (program: Program, rooms: Rooms, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted()
  const running = launch(program, rooms)
  const abort = (): void => void stopRunning(running, program.stopSignal, 1_000)
  signal.addEventListener('abort', abort, { once: true })
  const { how, code, last } = await running.ended
  signal.removeEventListener('abort', abort)
  signal.throwIfAborted()
  if (code !== 0) throw new Problem('processFailed', { name: program.name, how, last, log: logPath(rooms, program.name) })
}

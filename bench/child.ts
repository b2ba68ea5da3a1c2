import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A process of the bench, asked over its own channel: one question at a time, one answer each. */
export interface Child extends AsyncDisposable {
  ask<Answer>(question: object): Promise<Answer>
  /** Ends it without a word, as a crash would. */
  kill(): void
  readonly pid: number
}

/** Starts `file`, a path below `bench/`, and waits for its first word. @throws when it ends before that, or while a question is open */
export const openChild = async (file: string, args: readonly string[]): Promise<Child> => {
  const child = fork(join(import.meta.dirname, file), [...args], { execArgv: ['--expose-gc', ...extraFlags(file)] })
  await answerOf(child, file)
  return {
    pid: child.pid ?? 0,
    ask: async <Answer>(question: object): Promise<Answer> => {
      const answer = answerOf<Answer>(child, file)
      child.send(question)
      return await answer
    },
    kill: () => void child.kill('SIGKILL'),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      if (child.connected) child.disconnect()
      await exited
    },
  }
}

const answerOf = <Answer>(child: ChildProcess, file: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error(`${file} ended before it answered`))
    child.once('exit', ended)
    child.once('message', message => {
      child.off('exit', ended)
      resolve(message as Answer)
    })
  })

/** `BENCH_PROFILE=runtime/host-process.ts` writes a CPU profile of that process beside the figures. */
const extraFlags = (file: string): string[] => (process.env.BENCH_PROFILE === file ? ['--cpu-prof', '--cpu-prof-dir=bench/out'] : [])
